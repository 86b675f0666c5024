using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Formats.Avatars;
using Duomano.Formats.Glb;
using Duomano.Formats.Tests.Glb;
using Duomano.Tests;

namespace Duomano.Formats.Tests.Avatars;

/// <summary>Avatars in three.js and three-vrm, which know nothing of ours: their own matrices tell where fingertips and keys are.</summary>
public sealed class AvatarInBrowserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Rigs => ["VRM 1.0", "VRM 0.x", "Mixamo of odd proportions"];

    [Theory]
    [MemberData(nameof(Rigs))]
    public void Fingers_are_on_their_keys_when_these_go_down(string kind)
    {
        Assert.SkipUnless(Capabilities.Browser, "chromium, node or npm is not installed");
        var path = _folder.WithFile(kind.StartsWith("VRM", StringComparison.Ordinal) ? "rig.vrm" : "rig.gltf", File(kind));
        var avatar = AvatarFile.Read(path);
        Assert.Equal(kind.StartsWith("VRM", StringComparison.Ordinal) ? kind : "glTF 2.0", avatar.Rig.Format);
        var humanoid = avatar.Rig.ToHumanoid();
        var reach = new HumanoidHand(humanoid, HandSide.Right).Skeleton.Reach;
        var scale = reach is > 0.88f and < 1.18f ? 1 : 1 / reach;
        humanoid = humanoid.Times(scale);
        var hands = PerHand.Create(side => new HumanoidHand(humanoid, side));
        var clip = Performed(hands);
        var motion = SeatedPianist.Play(humanoid, hands, clip);
        AvatarGlb.Write(_folder.PathOf("out.glb"), avatar, motion, scale, clip);
        VrmAnimation.Write(_folder.PathOf("out.vrma"), motion, scale);

        var notes = clip.Notes.Where(note => note is { Hand: not null, Finger: not null }).ToList();
        // The last joint of the finger that is named, and the way from there to the pad that the solver put on the key.
        var bones = notes.Select(note => HumanoidBones.Joint(note.Hand!.Value, note.Finger!.Value, 2)).ToArray();
        var times = notes.Select(note => (Math.Ceiling(note.Onset * clip.Fps) + 1) / clip.Fps).ToArray();
        System.IO.File.WriteAllText(_folder.PathOf("job.json"), JsonSerializer.Serialize(new
        {
            glb = _folder.PathOf("out.glb"),
            vrm = kind.StartsWith("VRM", StringComparison.Ordinal) ? path : null,
            vrma = _folder.PathOf("out.vrma"),
            times,
            nodes = bones.Select(bone => avatar.Rig.Nodes[avatar.Rig.Bones[bone]].Name),
            bones,
            keys = notes.Select(note => note.Key.Midi),
        }));
        using var found = JsonDocument.Parse(Browser.Output("avatar.mjs", _folder.PathOf("job.json")));
        Assert.Equal(notes.Count, found.RootElement.GetProperty("scene").GetArrayLength());
        for (var i = 0; i < notes.Count; i++)
        {
            var frame = (int)Math.Round(times[i] * clip.Fps);
            var points = clip.Points(notes[i].Hand!.Value).AsSpan(frame * HandJoint.PointCount, HandJoint.PointCount);
            var pad = points[HandJoint.Tip(notes[i].Finger!.Value)] - points[HandJoint.First(notes[i].Finger!.Value) + 2];
            Check(At("scene") * scale + pad, $"{notes[i]} in the scene");
            // The animation knows no piano: the keyboard is where the floor at height 0 has it.
            if (found.RootElement.TryGetProperty("animation", out _)) Check(At("animation") * scale - SeatedPianist.Floor * Vector3.UnitY + pad, $"{notes[i]} in the animation");

            Vector3 At(string what, int from = 0)
            {
                var place = found.RootElement.GetProperty(what)[i][i];
                return new((float)place[from].GetDouble(), (float)place[from + 1].GetDouble(), (float)place[from + 2].GetDouble());
            }

            void Check(Vector3 tip, string what)
            {
                var (front, back) = (scale * At("keys"), scale * At("keys", 3));
                var top = float.Lerp(front.Y, back.Y, (tip.Z - front.Z) / (back.Z - front.Z));
                Assert.True(Math.Abs(tip.X - front.X) < (notes[i].Key.IsBlack ? 0.007f : 0.0118f), $"{what}: {tip.X - front.X} m beside its key");
                Assert.True(tip.Z < front.Z + 0.002f && tip.Z > back.Z, $"{what}: {tip.Z - front.Z} m from the key's front");
                Assert.True(Math.Abs(tip.Y - top) < 0.004f, $"{what}: {tip.Y - top} m above its key");
            }
        }

        if (kind.StartsWith("VRM", StringComparison.Ordinal)) Assert.Equal(kind == "VRM 1.0" ? "1" : "0", found.RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public void Our_own_pianist_is_a_valid_file()
    {
        Assert.SkipUnless(Capabilities.Node, "node or npm is not installed");
        PianistVrm.Write(_folder.PathOf("pianist.vrm"), TwoHandClip.SkeletonsOfSize(1));
        var report = GltfValidator.Validate(_folder.PathOf("pianist.vrm"));
        Assert.Equal(0, report.GetProperty("errors").GetInt32());
        // The validator knows no VRM.
        Assert.StartsWith("UNSUPPORTED_EXTENSION", Assert.Single(report.GetProperty("messages").EnumerateArray(), message => !message.GetString()!.StartsWith("UNUSED", StringComparison.Ordinal)).GetString(), StringComparison.Ordinal);
    }

    private static byte[] File(string kind)
    {
        if (kind == "VRM 1.0") return PianistVrm.Build(TwoHandClip.SkeletonsOfSize(1));
        if (kind == "VRM 0.x") return Old(PianistVrm.Build(TwoHandClip.SkeletonsOfSize(1)));
        // A small creature with a large head, long arms and large hands.
        var text = Encoding.UTF8.GetString(TestRig.Mixamo());
        foreach (var (from, to) in ((string, string)[])[("[0.28,0,0]", "[0.3,0,0]"), ("[-0.28,0,0]", "[-0.3,0,0]"), ("[0,-0.45,0]", "[0,-0.25,0]"), ("[0.08,0,", "[0.1,0,"), ("[-0.08,0,", "[-0.1,0,"), ("[0.04,0,0]", "[0.05,0,0]"), ("[-0.04,0,0]", "[-0.05,0,0]")])
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        return Encoding.UTF8.GetBytes(text);
    }

    // The same as VRM 0.x has it: looking along −z, bones as a list, thumbs beginning with the proximal bone.
    private static byte[] Old(byte[] file) => GlbContainer.WithJson(file, root =>
    {
        var nodes = root["nodes"]!.AsArray();
        nodes.Single(node => node!["name"]!.GetValue<string>() == "rig")!["rotation"] = new JsonArray(0, 1, 0, 0);
        var bones = root["extensions"]!["VRMC_vrm"]!["humanoid"]!["humanBones"]!.AsObject();
        static string Name(string bone) => bone.Replace("ThumbProximal", "ThumbIntermediate", StringComparison.Ordinal).Replace("ThumbMetacarpal", "ThumbProximal", StringComparison.Ordinal);
        root["extensionsUsed"] = new JsonArray("VRM");
        root["extensions"] = new JsonObject
        {
            ["VRM"] = new JsonObject
            {
                ["exporterVersion"] = "test",
                ["specVersion"] = "0.0",
                ["meta"] = new JsonObject { ["title"] = "Pianist", ["version"] = "1", ["author"] = "test", ["licenseName"] = "CC0" },
                ["humanoid"] = new JsonObject { ["humanBones"] = new JsonArray([.. bones.Select(bone => new JsonObject { ["bone"] = Name(bone.Key), ["node"] = bone.Value!["node"]!.GetValue<int>(), ["useDefaultValues"] = true })]) },
                ["firstPerson"] = new JsonObject(),
                ["blendShapeMaster"] = new JsonObject { ["blendShapeGroups"] = new JsonArray() },
                ["secondaryAnimation"] = new JsonObject { ["boneGroups"] = new JsonArray(), ["colliderGroups"] = new JsonArray() },
                ["materialProperties"] = new JsonArray(),
            },
        };
    });

    // A scale, leaps and chords over most of the keyboard.
    private static TwoHandClip Performed(PerHand<HumanoidHand> hands)
    {
        Note[] notes =
        [
            .. Enumerable.Range(0, 12).Select(i => new Note(0.4 + 0.15 * i, 0.52 + 0.15 * i, new PianoKey(60 + i), 60 + i)),
            .. from step in (int[])[0, 7, 12] select new Note(0.4, 1.2, new PianoKey(36 + step), 70),
            .. from step in (int[])[0, 4, 7] select new Note(2.6, 3.2, new PianoKey(84 + step), 80),
            new(2.6, 3.2, new PianoKey(30), 90), new(3.6, 4, new PianoKey(42), 80), new(3.6, 4, new PianoKey(73), 70),
        ];
        var style = PerformanceStyle.Neutral with { HandSize = Math.Clamp(hands.Right.Skeleton.Reach, HandSkeleton.SmallestSize, HandSkeleton.LargestSize) };
        return KinematicPianist.Perform(FingeringPlanner.Plan(notes, new() { HandSize = style.HandSize }).Notes, style, hands: hands.Map(hand => hand.Skeleton)).Clip;
    }
}
