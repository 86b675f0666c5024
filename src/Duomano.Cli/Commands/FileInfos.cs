using System.Globalization;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Avatars;
using Duomano.Formats.Hands;
using Duomano.Formats.Midi;
using Duomano.Formats.Motion;
using Duomano.Formats.MusicXml;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Tensors;

namespace Duomano.Cli.Commands;

/// <summary>What `info` says of each kind of file.</summary>
internal static class FileInfos
{
    public static IEnumerable<(string, string)> OfMidi(string path)
    {
        var piece = MidiFile.Read(path);
        yield return ("kind", $"MIDI file, format {piece.Format}");
        if (piece.Score.Title is { } title) yield return ("title", title);
        yield return ("length", Seconds(piece.Score.Duration));
        yield return ("notes", Notes(piece.Score.Notes));
        yield return ("hands from", HandSourceName(piece.HandSource));
        yield return ("fingers from", piece.Score.Notes.Any(note => note.Finger is not null) ? "fingering texts in the file, obeyed; the others are planned" : "nothing in the file; all are planned");
        yield return ("pedal", $"{piece.Score.Pedal.Count} changes");
        for (var i = 0; i < piece.Tracks.Count; i++)
        {
            var track = piece.Tracks[i];
            var left = piece.Instruments.Where(instrument => instrument.Number == i + 1 && !instrument.IsPlayed).Sum(instrument => instrument.NoteCount);
            yield return ("track", $"{i + 1}. {track.Name ?? "(no name)"}: {track.NoteCount} notes{(track.Hand is { } hand ? $", {hand.Name()} hand" : "")}{(left > 0 ? $", {left} not played" : "")}");
        }

        if (piece.NotesOffPiano > 0) yield return ("left out", $"{piece.NotesOffPiano} notes beyond the 88 keys");
        if (piece.DrumNotes > 0) yield return ("left out", $"{piece.DrumNotes} drum notes");
        foreach (var warning in piece.Warnings) yield return ("note", warning);
    }

    public static IEnumerable<(string, string)> OfRig(string path, string? bones)
    {
        var rig = RigFile.Read(path, bones is null ? null : InputFile.Check(bones));
        var limbs = HumanoidBones.Body.Count(rig.Has);
        var pianist = HandSkeleton.Create(HandSide.Right).Length;
        yield return ("kind", $"{(rig.Has("hips") ? "humanoid rig" : HandSides.Both.Any(rig.HasHand) ? "rig of hands" : "scene without hands that could play")}, {rig.Format}, {rig.Nodes.Count} {(rig.Nodes.Count == 1 ? "node" : "nodes")}");
        if (rig.Bones.Count > 0) yield return ("bones by", rig.BonesBy);
        if (rig.Has("hips")) yield return ("body", $"{limbs} of {HumanoidBones.Body.Count} bones");
        foreach (var side in HandSides.Both.Where(side => rig.Has(HumanoidBones.Hand(side)) || rig.Has("hips")))
        {
            Finger[] whole = [.. Fingers.All.Where(finger => rig.IsWhole(side, finger))];
            var longest = rig.Has(HumanoidBones.Hand(side)) ? whole.Where(finger => finger is Finger.Middle or Finger.Index).Select(finger => (Finger?)finger).LastOrDefault() : null;
            var reach = longest is { } finger ? string.Create(CultureInfo.InvariantCulture, $"; {rig.Reach(side, finger):0.###} m from the wrist to the {finger.ToString().ToLowerInvariant()} fingertip (a pianist: {pianist:0.###} m)") : "";
            yield return ($"{side.Name()} hand", $"{whole.Length} whole fingers{reach}");
        }

        string[] missing = [.. rig.Missing()];
        if (missing.Length > 0) yield return ("missing", missing.Length > 12 ? $"{string.Join(", ", missing[..12])} and {missing.Length - 12} more" : string.Join(", ", missing));
        if (rig.Needed.Count > 0) yield return ("needs", string.Join(", ", rig.Needed));
    }

    public static IEnumerable<(string, string)> OfScore(string path)
    {
        var piece = MusicXmlFile.Read(path);
        yield return ("kind", $"MusicXML score{(piece.Version is { } version ? $", version {version}" : "")}");
        if (piece.Score.Title is { } title) yield return ("title", title);
        yield return ("length", $"{Seconds(piece.Score.Duration)}, {(piece.MeasureCount == 1 ? "1 measure" : $"{piece.MeasureCount} measures")}, {piece.PlayedMeasureCount} with repeats");
        yield return ("notes", Notes(piece.Score.Notes));
        yield return ("hands from", piece.Score.Notes.Any(note => note.Hand is not null) ? "the staves" : "nothing in the file; all are planned");
        yield return ("fingers from", piece.Score.Notes.Any(note => note.Finger is not null) ? "printed fingers, obeyed; the others are planned" : "nothing in the file; all are planned");
        yield return ("pedal", $"{piece.Score.Pedal.Count} changes");
        foreach (var part in piece.Parts) yield return ("part", $"{part.Number}. {part.Label}: {part.NoteCount} notes{(part.IsPlayed ? "" : ", not played")}");
        if (piece.NotesOffPiano > 0) yield return ("left out", $"{piece.NotesOffPiano} notes beyond the 88 keys");
        foreach (var warning in piece.Warnings) yield return ("note", warning);
    }

    private static string HandSourceName(HandSource source) => source switch
    {
        HandSource.TrackNames => "the names of the tracks",
        HandSource.TwoTracks => "the two tracks",
        HandSource.TwoChannels => "the two channels",
        HandSource.FingeringTexts => "fingering texts in the file; the others are planned",
        _ => "nothing in the file; all are planned",
    };

    public static IEnumerable<(string, string)> OfMotion(string path, HandChoice? hand)
    {
        var clip = hand is null ? MotionFile.Read(path) : hand.Read(path);
        yield return ("kind", "motion of two hands");
        yield return ("length", $"{Seconds(clip.Duration)}, {clip.FrameCount} frames at {clip.Fps:0.###} a second");
        if (clip.Skeletons.Right.Mano is { } mano) yield return ("hand", $"MANO, build {string.Join(" ", mano.Build.ToArray().Select(value => value.ToString("0.###")))}");
        yield return ("hand size", $"{clip.Skeletons.Right.Size:0.###}");
        yield return ("notes", Notes(clip.Notes));
        foreach (var side in HandSides.Both)
        {
            var track = clip.Hands[side];
            var x = Enumerable.Range(0, track.FrameCount).Select(frame => track.Wrist(frame).X).DefaultIfEmpty().ToArray();
            yield return ($"{side.Name()} wrist", $"{x.Min():0.000} to {x.Max():0.000} m along the keyboard");
        }
    }

    public static IEnumerable<(string, string)> OfMano(string path)
    {
        var hand = ManoFile.Read(path);
        yield return ("kind", "MANO's right hand");
        yield return ("mesh", $"{ManoArrays.VertexCount} corners, {hand.Faces.Count / 3} triangles");
        yield return ("wrist", $"{Millimetres(hand.Mean.Joints[0])} mm from the origin at rest");
        yield return ("hand size", $"{hand.Mean.Skeleton(HandSide.Right).Size:0.###}");
        yield return ("mean pose", $"{hand.MeanPose.Average(joint => joint.Length()) * 180 / Math.PI:0.0} degrees a joint");
    }

    public static IEnumerable<(string, string)> OfAudio(string path, CancellationToken cancellation)
    {
        var samples = AudioFile.ReadMono16k(path, cancellation);
        yield return ("kind", "recording");
        yield return ("length", Seconds(samples.Length / 16000.0));
        var survey = AudioFile.Survey(path, cancellation);
        yield return ("peak", $"{survey.Peak:0.000}{(survey.Gain != 1 ? $", heard at {survey.Gain * survey.Peak:0.000}" : "")}");
        if (survey.IsInAntiphase) yield return ("channels", "in antiphase; the difference is heard");
        foreach (var warning in survey.Warnings) yield return ("note", warning);
    }

    public static IEnumerable<(string, string)> OfSafetensors(string path)
    {
        var content = Safetensors.Read(path);
        yield return ("kind", "safetensors");
        foreach (var (key, value) in content.Metadata) yield return (key, value);
        foreach (var line in Tensors(content.Tensors)) yield return line;
    }

    public static IEnumerable<(string, string)> OfCheckpoint(string path)
    {
        var checkpoint = PyTorchCheckpoint.Read(path);
        yield return ("kind", "PyTorch checkpoint");
        foreach (var (key, value) in checkpoint.HyperParameters) yield return (key, value?.ToString() ?? "none");
        foreach (var line in Tensors(checkpoint.StateDict)) yield return line;
    }

    private static IEnumerable<(string, string)> Tensors(StateDict tensors)
    {
        yield return ("tensors", $"{tensors.Count}");
        yield return ("numbers", $"{tensors.Names.Sum(name => (long)tensors[name].Values.Length):N0}");
    }

    private static string Notes(IReadOnlyList<Note> notes) =>
        $"{notes.Count} ({notes.Count(note => note.Hand == HandSide.Right)} right, {notes.Count(note => note.Hand == HandSide.Left)} left, {notes.Count(note => note.Hand is null)} not given; {notes.Count(note => note.Finger is not null)} with a finger)";

    private static string Millimetres(System.Numerics.Vector3 place) => $"({place.X * 1000:0.0}, {place.Y * 1000:0.0}, {place.Z * 1000:0.0})";

    private static string Seconds(double seconds) => $"{(int)(seconds / 60)}:{seconds % 60:00.0}";
}
