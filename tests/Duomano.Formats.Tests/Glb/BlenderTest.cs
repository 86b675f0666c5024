using System.Numerics;
using System.Text.Json;
using Duomano.Core.Body;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Shapes;
using Duomano.Formats.Avatars;
using Duomano.Formats.Motion;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Glb;

/// <summary>What Blender makes of our files.</summary>
public class BlenderTest
{
    private static readonly TwoHandClip Clip = Clips.Smooth(frames: 31);

    [Fact]
    public void Glb_becomes_two_armatures_that_move_as_the_clip()
    {
        var found = Import(".glb");
        var armatures = found.GetProperty("armatures");
        var hands = found.GetProperty("hands");
        foreach (var side in HandSides.Both)
        {
            Assert.Equal(HandJoint.Count + 1, armatures.GetProperty($"{side.Name()}_rig").GetInt32());
            var mesh = hands.EnumerateObject().Single(item => item.Name.StartsWith(side.Name(), StringComparison.Ordinal)).Value;
            Assert.Equal(HandMesh.Of(Clip.Skeletons[side]).TriangleCount, mesh[0].GetInt32());
            Assert.Equal(["cuff", "nail", "skin", "sleeve"], mesh[1].EnumerateArray().Select(name => name.GetString()));
        }

        Assert.Equal(88, found.GetProperty("keys").GetInt32());

        // Blender keeps an action for each thing that moves; all are of our one animation.
        var actions = found.GetProperty("actions").EnumerateObject().ToArray();
        Assert.All(actions, action => Assert.StartsWith("performance", action.Name, StringComparison.Ordinal));
        Assert.Equal(2, actions.Count(action => action.Name.Contains("hand", StringComparison.Ordinal) || action.Name.Contains("rig", StringComparison.Ordinal)));
        var range = actions.First(action => action.Name.Contains("hand", StringComparison.Ordinal) || action.Name.Contains("rig", StringComparison.Ordinal)).Value;
        Assert.Equal(0, range[0].GetDouble(), 1e-3);
        Assert.Equal(Clip.FrameCount - 1, range[1].GetDouble(), 1e-3);
        CheckPlaces(found);
    }

    [Fact]
    public void Bvh_becomes_one_armature_that_moves_as_the_clip()
    {
        var found = Import(".bvh");
        Assert.Equal(30, found.GetProperty("fps").GetInt32());
        var armature = Assert.Single(found.GetProperty("armatures").EnumerateObject());
        Assert.Equal(2 * HandJoint.Count + 1, armature.Value.GetInt32());
        Assert.Single(found.GetProperty("actions").EnumerateObject());
        CheckPlaces(found);
    }

    [Fact]
    public void A_whole_bodys_bvh_becomes_one_armature_that_moves_as_the_body()
    {
        Assert.SkipUnless(Capabilities.Blender, "blender is not installed");
        var (body, hands) = AverageBody.With(Clip.Skeletons);
        var motion = SeatedPianist.Play(body, hands, Clip);
        using var folder = new TemporaryFolder();
        BodyBvh.Write(folder.PathOf("body.bvh"), motion, 1);
        var found = Blender.Import(folder.PathOf("body.bvh"));
        Assert.Single(found.GetProperty("armatures").EnumerateObject());
        foreach (var bone in body.Bones.Where(HumanoidBones.IsKnown))
        {
            var seen = found.GetProperty("places").GetProperty(bone);
            foreach (var (frame, i) in new[] { (0, 0), (7, 1), (15, 2) })
            {
                var place = new Vector3((float)seen[i][0].GetDouble(), (float)seen[i][1].GetDouble(), (float)seen[i][2].GetDouble());
                Assert.InRange(Vector3.Distance(motion.Positions(frame)[bone] + SeatedPianist.Floor * Vector3.UnitY, place), 0, 1e-3f);
            }
        }
    }

    [Fact]
    public void An_avatar_at_the_piano_moves_as_its_body()
    {
        Assert.SkipUnless(Capabilities.Blender, "blender is not installed");
        var avatar = AvatarFile.Pianist(Clip.Skeletons);
        var humanoid = avatar.Rig.ToHumanoid();
        var hands = PerHand.Create(side => new HumanoidHand(humanoid, side));
        var motion = SeatedPianist.Play(humanoid, hands, Clip);
        using var folder = new TemporaryFolder();
        AvatarGlb.Write(folder.PathOf("avatar.glb"), avatar, motion, 1, Clip);
        var found = Blender.Import(folder.PathOf("avatar.glb"));
        Assert.Equal(88, found.GetProperty("keys").GetInt32());
        foreach (var bone in humanoid.Bones.Where(HumanoidBones.IsKnown))
        {
            var seen = found.GetProperty("places").GetProperty(bone);
            foreach (var (frame, i) in new[] { (0, 0), (7, 1), (15, 2) })
            {
                var place = new Vector3((float)seen[i][0].GetDouble(), (float)seen[i][1].GetDouble(), (float)seen[i][2].GetDouble());
                Assert.InRange(Vector3.Distance(motion.Positions(frame)[bone], place), 0, 2e-3f);
            }
        }
    }

    private static JsonElement Import(string extension)
    {
        Assert.SkipUnless(Capabilities.Blender, "blender is not installed");
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("clip" + extension);
        MotionFile.Write(path, Clip);
        return Blender.Import(path);
    }

    private static void CheckPlaces(JsonElement found)
    {
        var places = found.GetProperty("places");
        foreach (var side in HandSides.Both)
        {
            var points = Clip.Points(side);
            for (var joint = 0; joint < HandJoint.Count; joint++)
            {
                var seen = places.GetProperty($"{side.Name()}_{HandJoint.Name(joint)}");
                foreach (var (frame, i) in new[] { (0, 0), (7, 1), (15, 2) })
                {
                    var place = new Vector3((float)seen[i][0].GetDouble(), (float)seen[i][1].GetDouble(), (float)seen[i][2].GetDouble());
                    Assert.InRange(Vector3.Distance(points[frame * HandJoint.PointCount + joint], place), 0, 5e-4f);
                }
            }
        }
    }
}
