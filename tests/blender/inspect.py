# Imports the file named last into an empty Blender scene and prints one line of JSON about what is there.
import builtins
import json
import sys

import bpy

try:
    # Blender 3.4's glTF importer asks for a name that newer versions of numpy no longer have.
    import numpy

    if not hasattr(numpy, "bool_") or "bool" not in numpy.__dict__:
        numpy.bool = bool
except ImportError:
    pass

# Its BVH importer opens files in a mode that newer versions of Python no longer have.
plain_open = builtins.open
builtins.open = lambda file, mode="r", *rest, **named: plain_open(file, mode.replace("U", ""), *rest, **named)

path = sys.argv[-1]
bpy.ops.wm.read_factory_settings(use_empty=True)
scene = bpy.context.scene
scene.render.fps = 24
if path.endswith(".bvh"):
    bpy.ops.import_anim.bvh(filepath=path, axis_forward="-Z", axis_up="Y", update_scene_fps=True, update_scene_duration=True)
else:
    scene.render.fps = 30
    bpy.ops.import_scene.gltf(filepath=path)

armatures = [item for item in bpy.data.objects if item.type == "ARMATURE"]
places = {}
for frame in (0, 7, 15):
    # glTF begins at frame 0, BVH at frame 1.
    scene.frame_set(frame + (1 if path.endswith(".bvh") else 0))
    for armature in armatures:
        for bone in armature.pose.bones:
            place = armature.matrix_world @ bone.head
            # Blender's z is up, its y points away.
            places.setdefault(bone.name, []).append([place.x, place.z, -place.y])

print("RESULT " + json.dumps({
    "fps": scene.render.fps,
    "armatures": {armature.name: len(armature.data.bones) for armature in armatures},
    "places": places,
    "actions": {action.name: list(action.frame_range) for action in bpy.data.actions},
    "hands": {item.name: [len(item.data.polygons), sorted(material.name for material in item.data.materials)]
              for item in bpy.data.objects if item.type == "MESH" and any(m.type == "ARMATURE" for m in item.modifiers)},
    "keys": sum(item.name.startswith("key_") for item in bpy.data.objects),
}))
