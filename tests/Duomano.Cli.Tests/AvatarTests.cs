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

    [Theory]
    [InlineData("thumbless.gltf", null, "out.glb", "thumb")]
    [InlineData("none.gltf", null, "out.glb", "none.gltf")]
    [InlineData(null, null, "out.vrma", "--avatar")]
    [InlineData("rig.gltf", "--hand-size", "out.glb", "--hand-size")]
    public void WhatCannotBePlayed_IsToldInALine_BeforeAnythingIsWritten(string? rig, string? option, string output, string named)
    {
        string[] avatar = rig is null ? [] : ["--avatar", _folder.PathOf(rig)];
        string[] size = option is null ? [] : [option, "1.1"];
        var run = DuomanoProcess.Run(["perform", Repository.PathOf("samples", "minuet-in-g.mid"), "--length", "1", .. avatar, .. size, "-o", _folder.PathOf(output)]);
        Assert.Equal(2, run.Code);
        Assert.Contains(named, Assert.Single(run.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf(output)));
    }
}
