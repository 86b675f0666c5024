using System.Text.Json;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

public sealed class AvatarTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AvatarTests()
    {
        File.WriteAllBytes(_folder.PathOf("rig.gltf"), TestRig.Mixamo());
        File.WriteAllBytes(_folder.PathOf("thumbless.gltf"), TestRig.Gltf(TestRig.MixamoBody, TestRig.MixamoJoint, fingers: [Core.Fingering.Finger.Index, Core.Fingering.Finger.Middle]));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("perform")]
    [InlineData("generate")]
    public void AnAvatarPlays_AsSceneAndAsAnimation(string command)
    {
        var run = DuomanoProcess.Run(command, Repository.PathOf("samples", "minuet-in-g.mid"), "--length", "2", "--avatar", _folder.PathOf("rig.gltf"), "-o", _folder.PathOf("out.glb"), "-o", _folder.PathOf("out.vrma"), "-o", _folder.PathOf("out.npz"));
        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains("hands", run.Errors, StringComparison.Ordinal);
        foreach (var name in (string[])["out.glb", "out.vrma", "out.npz"]) Assert.True(new FileInfo(_folder.PathOf(name)).Length > 1000, name);
    }

    [Fact]
    public void WithoutAnAvatar_AnAverageBodyIsAnimated_AndWithOneTheWholeSkeletonIsInTheBvh()
    {
        string[] piece = [Repository.PathOf("samples", "minuet-in-g.mid"), "--length", "2"];
        var run = DuomanoProcess.Run(["perform", .. piece, "-o", _folder.PathOf("out.vrma"), "-o", _folder.PathOf("hands.bvh"), "-o", _folder.PathOf("out.npz")]);
        Assert.True(run.Code == 0, run.Errors);
        Assert.Equal(0, DuomanoProcess.Run("convert", _folder.PathOf("out.npz"), "-o", _folder.PathOf("again.vrma")).Code);
        Assert.True(new FileInfo(_folder.PathOf("again.vrma")).Length > 10_000);
        Assert.StartsWith("HIERARCHY\nROOT hands\n", File.ReadAllText(_folder.PathOf("hands.bvh")), StringComparison.Ordinal);

        run = DuomanoProcess.Run(["perform", .. piece, "--avatar", _folder.PathOf("rig.gltf"), "--bvh-scale", "100", "-o", _folder.PathOf("body.bvh")]);
        Assert.True(run.Code == 0, run.Errors);
        var bvh = File.ReadAllText(_folder.PathOf("body.bvh"));
        Assert.StartsWith("HIERARCHY\nROOT hips\n", bvh, StringComparison.Ordinal);
        Assert.Contains("JOINT rightIndexDistal", bvh, StringComparison.Ordinal);
        Assert.Matches(@"OFFSET -?0(\.\d+)? -4[45](\.\d+)? ", bvh);
    }

    [Theory]
    [InlineData("piano", "the piano is 2.", 2.2)]
    [InlineData("avatar", "the avatar is 0.", 1)]
    public void WhereTheyDoNotFit_ThePianoOrTheAvatarIsScaled(string fit, string told, double scale)
    {
        var giant = System.Text.Encoding.UTF8.GetString(TestRig.Mixamo()).Replace("{\"name\":\"root\",", "{\"name\":\"root\",\"scale\":[2.3,2.3,2.3],", StringComparison.Ordinal);
        File.WriteAllText(_folder.PathOf("giant.gltf"), giant);
        var run = DuomanoProcess.Run("perform", Repository.PathOf("samples", "minuet-in-g.mid"), "--length", "1", "--avatar", _folder.PathOf("giant.gltf"), "--fit", fit, "-o", _folder.PathOf("out.glb"));
        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains(told, run.Errors, StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(_folder.PathOf("out.glb"));
        using var json = JsonDocument.Parse(bytes.AsMemory(20, BitConverter.ToInt32(bytes, 12)));
        Assert.Equal(scale, json.RootElement.GetProperty("extras").GetProperty("piano_scale").GetDouble(), 0.3);
        var root = json.RootElement.GetProperty("nodes").EnumerateArray().First(node => node.GetProperty("name").GetString() == "root");
        Assert.Equal(2.3 * scale / 2.24, root.GetProperty("scale")[0].GetDouble(), 0.15);
    }

    [Fact]
    public void HandsWithoutABody_Play_ButMakeNoAnimationOfOne()
    {
        File.WriteAllBytes(_folder.PathOf("hands.gltf"), TestRig.Gltf(bone => bone.EndsWith("Hand", StringComparison.Ordinal) ? bone : "thing", TestRig.MixamoJoint));
        string[] words = ["perform", Repository.PathOf("samples", "minuet-in-g.mid"), "--length", "1", "--avatar", _folder.PathOf("hands.gltf"), "-o"];
        var run = DuomanoProcess.Run([.. words, _folder.PathOf("out.glb"), "-o", _folder.PathOf("out.bvh"), "-o", _folder.PathOf("out.png")]);
        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains("no body, hands", run.Errors, StringComparison.Ordinal);
        Assert.StartsWith("HIERARCHY\nROOT hands\n", File.ReadAllText(_folder.PathOf("out.bvh")), StringComparison.Ordinal);
        run = DuomanoProcess.Run([.. words, _folder.PathOf("out.vrma")]);
        Assert.Equal(2, run.Code);
        Assert.Contains("has hands alone", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void FeetThatHang_AreToldOf()
    {
        var shortLegs = System.Text.Encoding.UTF8.GetString(TestRig.Mixamo()).Replace("[0,-0.45,0]", "[0,-0.2,0]", StringComparison.Ordinal);
        File.WriteAllText(_folder.PathOf("short.gltf"), shortLegs);
        string[] words = ["perform", Repository.PathOf("samples", "minuet-in-g.mid"), "--length", "1", "-o", _folder.PathOf("out.vrma"), "--avatar"];
        Assert.Contains("feet do not reach the floor", DuomanoProcess.Run([.. words, _folder.PathOf("short.gltf")]).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("feet", DuomanoProcess.Run([.. words, _folder.PathOf("rig.gltf")]).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePianistOfOurOwn_PlaysWithTheHandsThatAreAskedFor()
    {
        var run = DuomanoProcess.Run("perform", Repository.PathOf("samples", "minuet-in-g.mid"), "--length", "1", "--avatar", "pianist", "--hand-size", "1.1", "-o", _folder.PathOf("out.glb"));
        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains("pianist: hands 209 mm long, bones by VRM 1.0", run.Errors, StringComparison.Ordinal);
        Assert.True(new FileInfo(_folder.PathOf("out.glb")).Length > 500_000);
        Assert.Equal(2, DuomanoProcess.Run("perform", Repository.PathOf("samples", "minuet-in-g.mid"), "--avatar", "pianist", "--bones", _folder.PathOf("rig.gltf"), "-o", _folder.PathOf("no.glb")).Code);
    }

    [Theory]
    [InlineData("thumbless.gltf", null, "out.glb", "thumb")]
    [InlineData("none.gltf", null, "out.glb", "none.gltf")]
    [InlineData("rig.gltf", "--hand-size", "out.glb", "--hand-size")]
    [InlineData("rig.gltf", "--fit", "out.glb", "--fit is piano or avatar")]
    [InlineData("rig.gltf", "--view=player", "out.glb", "--view player")]
    [InlineData(null, "--view=side", "out.glb", "--view side")]
    public void WhatCannotBePlayed_IsToldInALine_BeforeAnythingIsWritten(string? rig, string? option, string output, string named)
    {
        string[] avatar = rig is null ? [] : ["--avatar", _folder.PathOf(rig)];
        string[] size = option is null ? [] : option.Contains('=', StringComparison.Ordinal) ? [option] : [option, "1.1"];
        var run = DuomanoProcess.Run(["perform", Repository.PathOf("samples", "minuet-in-g.mid"), "--length", "1", .. avatar, .. size, "-o", _folder.PathOf(output)]);
        Assert.Equal(2, run.Code);
        Assert.Contains(named, Assert.Single(run.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf(output)));
    }
}
