using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>What <c>info</c> tells of avatars.</summary>
public sealed class RigInfoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_rigs_bones_and_hands_are_told()
    {
        var (code, output, errors) = DuomanoProcess.Run("info", _folder.WithFile("avatar.gltf", TestRig.Mixamo()));
        Assert.True(code == 0, errors);
        Assert.Equal(
            [
                "kind:          humanoid rig, glTF 2.0, 63 nodes",
                "bones by:      names",
                "body:          22 of 22 bones",
                "left hand:     5 whole fingers; 0.175 m from the wrist to the middle fingertip (a pianist: 0.188 m)",
                "right hand:    5 whole fingers; 0.175 m from the wrist to the middle fingertip (a pianist: 0.188 m)",
            ],
            output.Trim().Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public void What_is_missing_is_told_and_bones_can_be_given()
    {
        var rig = _folder.WithFile("avatar.vrm", TestRig.Gltf(bone => bone == "rightHand" ? "hook" : bone, (side, finger, joint) => $"{side}{finger}{joint + 1}"));
        var (_, output, _) = DuomanoProcess.Run("info", rig);
        Assert.Contains("missing:       rightHand", output, StringComparison.Ordinal);
        var bones = _folder.WithFile("bones.json", "{\"rightHand\":\"hook\"}"u8.ToArray());
        (_, output, _) = DuomanoProcess.Run("info", rig, "--bones", bones);
        Assert.DoesNotContain("missing", output, StringComparison.Ordinal);
        Assert.Contains("bones.json, then names", output, StringComparison.Ordinal);
        var (code, _, errors) = DuomanoProcess.Run("info", bones, "--bones", bones);
        Assert.Equal((2, "--bones is for rigs (.glb, .gltf, .vrm)."), (code, errors.Trim()));
    }

    [Fact]
    public void A_scene_without_hands_is_told_as_such()
    {
        var (code, output, _) = DuomanoProcess.Run("info", _folder.WithFile("cube.gltf", "{\"asset\":{\"version\":\"2.0\"},\"nodes\":[{\"name\":\"Cube\"}],\"extensionsRequired\":[\"KHR_draco_mesh_compression\"]}"u8.ToArray()));
        Assert.Equal(0, code);
        Assert.Contains("scene without hands that could play, glTF 2.0, 1 node", output, StringComparison.Ordinal);
        Assert.Contains("needs:         KHR_draco_mesh_compression", output, StringComparison.Ordinal);
    }
}
