using System.Numerics;
using System.Runtime.InteropServices;
using Duomano.Core.Body;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Formats.Avatars;
using Duomano.Rendering.Scene;
using Duomano.Tests;
using SharpGLTF.Schema2;
using SkiaSharp;

namespace Duomano.Rendering.Tests.Scene;

public sealed class AvatarActorTest : IDisposable
{
    private const int Width = 480, Height = 300;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_body_is_seen_from_the_side_where_it_is()
    {
        var clip = Clips.Smooth(frames: 30);
        var avatar = AvatarFile.Pianist(clip.Skeletons);
        var skin = Skin(avatar, clip);
        var camera = CameraViews.Camera(CameraView.Side, (-0.3f, 0.3f), Width, Height);
        var (picture, hands) = (new uint[Width * Height], new uint[Width * Height]);
        new ClipStage(clip, camera, 2, new AvatarActor(skin, clip.Fps)).Draw(10, picture);
        new ClipStage(clip, camera, 2).Draw(10, hands);
        var at = skin.Body.Positions(10);
        foreach (var (bone, up) in ((string, float)[])[("head", 0.06f), ("rightUpperArm", 0.02f), ("rightLowerArm", 0), ("rightLowerLeg", -0.1f)])
        {
            var place = camera.Project(at[bone] + up * Vector3.UnitY);
            Assert.InRange(place.X, 0, Width - 1);
            Assert.InRange(place.Y, 0, Height - 1);
            var pixel = (int)place.Y * Width + (int)place.X;
            Assert.True(Distance(picture[pixel], hands[pixel]) > 12, $"{bone}: {picture[pixel]:X8} as without a body");
        }
    }

    [Fact]
    public void A_picture_on_a_surface_colours_it_and_what_it_cuts_out_is_not_there()
    {
        // A board before the chest: its left half red, its right half see-through.
        var path = _folder.PathOf("flag.glb");
        File.WriteAllBytes(_folder.PathOf("rig.gltf"), TestRig.Mixamo());
        var model = ModelRoot.Load(_folder.PathOf("rig.gltf"));
        using var bitmap = new SKBitmap(8, 2);
        for (var x = 0; x < 8; x++)
        {
            for (var y = 0; y < 2; y++) bitmap.SetPixel(x, y, x < 4 ? SKColors.Red : SKColors.Transparent);
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var material = model.CreateMaterial("flag");
        material.InitializePBRMetallicRoughness();
        material.FindChannel("BaseColor")!.Value.SetTexture(0, model.UseImage(new SharpGLTF.Memory.MemoryImage(png.ToArray())));
        material.Alpha = AlphaMode.MASK;
        var mesh = model.CreateMesh("flag").CreatePrimitive();
        mesh.Material = material;
        Vector3[] corners = [new(-1, 0, 0), new(-0.01f, 0, 0), new(-0.01f, 1, 0), new(-1, 1, 0), new(0.01f, 0, 0), new(1, 0, 0), new(1, 1, 0), new(0.01f, 1, 0)];
        mesh.SetVertexAccessor("POSITION", Accessor(model, corners, DimensionType.VEC3));
        mesh.SetVertexAccessor("TEXCOORD_0", Accessor(model, corners.Select(corner => new Vector2((corner.X + 1) / 2.001f, corner.Y * 0.9f)).ToArray(), DimensionType.VEC2));
        mesh.SetIndexAccessor(Indices(model, [0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7]));
        model.LogicalNodes.Single(node => node.Name == TestRig.MixamoBody("chest")).CreateNode("flag").Mesh = mesh.LogicalParent;
        model.SaveGLB(path);

        var clip = Clips.Smooth(frames: 4);
        var avatar = AvatarFile.Read(path);
        var skin = Skin(avatar, clip);
        var actor = new AvatarActor(skin, clip.Fps);
        var part = Assert.Single(actor.Parts);
        Assert.Equal([0, 1, 2, 0, 2, 3], part.Indices);
        Assert.Equal(new Vector3(1, 0, 0), part.Colors[0], (a, b) => Vector3.Distance(a, b) < 1e-3f);
        actor.Pose(2);
        var (chest, turn) = (skin.Body.Positions(2)["chest"], skin.Body.Turn("chest", 2));
        Assert.Equal(chest + Vector3.Transform(corners[3], turn), part.Positions[3], (a, b) => Vector3.Distance(a, b) < 1e-4f);
    }

    private static AvatarSkin Skin(AvatarFile avatar, TwoHandClip clip)
    {
        var humanoid = avatar.Rig.ToHumanoid();
        var hands = PerHand.Create(side => new HumanoidHand(humanoid, side));
        return new(avatar, SeatedPianist.Play(humanoid, hands, clip), 1);
    }

    private static int Distance(uint a, uint b) => Enumerable.Range(0, 3).Sum(part => Math.Abs((int)(a >> 8 * part & 255) - (int)(b >> 8 * part & 255)));

    private static Accessor Accessor<T>(ModelRoot model, T[] values, DimensionType dimensions)
        where T : unmanaged
    {
        var accessor = model.CreateAccessor();
        accessor.SetVertexData(model.UseBufferView(MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), 0, null, 0, BufferMode.ARRAY_BUFFER), 0, values.Length, new SharpGLTF.Memory.AttributeFormat(dimensions, EncodingType.FLOAT));
        return accessor;
    }

    private static Accessor Indices(ModelRoot model, ushort[] values)
    {
        var accessor = model.CreateAccessor();
        accessor.SetIndexData(model.UseBufferView(MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), 0, null, 0, BufferMode.ELEMENT_ARRAY_BUFFER), 0, values.Length, IndexEncodingType.UNSIGNED_SHORT);
        return accessor;
    }
}
