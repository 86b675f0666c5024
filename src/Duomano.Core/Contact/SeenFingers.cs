using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Core.Contact;

/// <summary>A note with the hand and finger that a camera saw on its key.</summary>
/// <param name="Note">The note; hand and finger where one was seen or is likely.</param>
/// <param name="Confidence">How sure they are, 0 to 1: near 1 where one finger was much nearer to the key than all others, 0 where no hand was seen.</param>
public readonly record struct SeenNote(Note Note, float Confidence);

/// <summary>Tells from what a camera saw above the keys which finger played each note.</summary>
public static class SeenFingers
{
    /// <summary>How far a hand that is not seen is thought to be from any key, metres: nearer than one that is seen elsewhere.</summary>
    public const float Unseen = 0.06f;

    /// <summary>What a note adds to <see cref="Fit"/> by chance, for some finger is near to most keys; 1 is what a finger on its middle adds.</summary>
    public const double ChanceFit = 0.45;

    // What a fingertip's distance from its key says against a finger, a metre, in the costs of fingering.
    private const double DistanceCost = 700;

    // How far the middle of a fingertip, which is what is seen, is above its key, metres.
    private const float TipHeight = 0.008f;

    // A finger beside its key by this much less than the next one is it with a confidence of 0.73, metres; one this far aside is hardly on its key.
    private const float Doubt = 0.004f, FarAside = 0.016f;

    // A fingertip in front of a black key is not on it; what it lacks counts half.
    private const float FrontShare = 0.5f;

    // From which confidence on a finger is sure enough to learn from, and how often that is done.
    private const float Sure = 0.7f;
    private const int Rounds = 3;

    // For how long from the onset on a finger is on its key for sure: seconds, and a share of the note.
    private const double Striking = 0.1, StrikingShare = 0.7;

    // Fingers are on their keys from a little before notes until they end: how long before, and at most after their onset, seconds.
    private const double Before = 0.07, After = 0.4;

    /// <summary>Chooses hands and fingers: those that were near to the keys and that hands can use one after the other.</summary>
    /// <param name="episode">What was seen.</param>
    /// <param name="notes">The notes, times from the first frame on; hands and fingers that are given stay.</param>
    /// <param name="handSize">Size of the pianist's hands.</param>
    /// <param name="camera">The camera.</param>
    /// <returns>The notes in the order given.</returns>
    public static IReadOnlyList<SeenNote> Tell(RecordedEpisode episode, IReadOnlyList<Note> notes, float handSize, OverheadCamera camera)
    {
        ArgumentNullException.ThrowIfNull(episode);
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(camera);
        var offsets = SeenOffsets.None;
        float Away(Note note, HandSide side, Finger finger) => Distance(episode, camera, offsets, note.Key, note.Onset, note.Onset + Math.Min(Striking, StrikingShare * note.Duration), side, finger);
        IReadOnlyList<SeenNote> told = [];
        // What sure fingers show of where fingertips appear helps with the others.
        for (var round = 0; round < Rounds; round++)
        {
            told = [.. SuggestedFingers.Complete(notes, handSize, Away, DistanceCost).Select(note => new SeenNote(note, Confidence(episode, note, Away)))];
            offsets = SeenOffsets.Of([.. told.Where(note => note.Confidence > Sure).Select(note => (note.Note.Key.IsBlack, note.Note.Key.CenterX, Aside(note.Note)))]);
        }

        return told;

        float Aside(Note note) => Beside(episode, camera, note.Key, note.Onset, note.Onset + Math.Min(Striking, StrikingShare * note.Duration), note.Hand!.Value, note.Finger!.Value)!.Value.X;
    }

    /// <summary>How well notes fit what was seen, were they played so much later: the sum over all notes in the episode of how near any finger is, less what chance would give.</summary>
    /// <param name="episode">What was seen.</param>
    /// <param name="notes">The notes.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="shift">Seconds by which they are later in the episode than their times tell.</param>
    /// <param name="octaves">Octaves by which their keys are higher.</param>
    public static double Fit(RecordedEpisode episode, IReadOnlyList<Note> notes, OverheadCamera camera, double shift, int octaves = 0)
    {
        ArgumentNullException.ThrowIfNull(episode);
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(camera);
        // How far a finger may be to count at all, metres.
        const float Near = 0.02f;
        var (sum, end) = (0.0, episode.FrameCount / episode.Fps);
        foreach (var note in notes)
        {
            var onset = note.Onset + shift;
            var midi = note.Key.Midi + 12 * octaves;
            if (onset < 0 || onset >= end) continue;
            if (!PianoKey.IsOnPiano(midi))
            {
                sum -= ChanceFit;
                continue;
            }

            var key = new PianoKey(midi);
            var nearest = HandSides.Both.Min(side => Fingers.All.Min(finger => Distance(episode, camera, SeenOffsets.None, key, onset - Before, onset + Math.Min(After, note.Duration), side, finger)));
            sum += nearest >= Unseen ? 0 : Math.Max(0, 1 - nearest / Near) - ChanceFit;
        }

        return sum;
    }

    private static float Distance(RecordedEpisode episode, OverheadCamera camera, SeenOffsets offsets, PianoKey key, double from, double to, HandSide side, Finger finger)
    {
        if (Beside(episode, camera, key, from, to, side, finger) is not { } beside) return Unseen;
        return MathF.Abs(beside.X - offsets.At(key.IsBlack, key.CenterX)) + FrontShare * beside.Before;
    }

    // How far a fingertip is to the treble of a key's middle, and in front of it, in the mean of some time; null where its hand was not seen.
    private static (float X, float Before)? Beside(RecordedEpisode episode, OverheadCamera camera, PianoKey key, double from, double to, HandSide side, Finger finger)
    {
        var (first, last) = ((int)Math.Round(from * episode.Fps), (int)Math.Round(to * episode.Fps));
        var (x, before, seen) = (0f, 0f, 0);
        for (var frame = Math.Max(0, first); frame <= Math.Min(episode.FrameCount - 1, last); frame++)
        {
            if (episode.TrustOf(frame, side) <= 0) continue;
            var tip = camera.PlaceAt(episode.Points(frame, side)[(int)finger], key.TopY + TipHeight);
            x += tip.X - key.CenterX;
            if (key.IsBlack) before += MathF.Max(0, tip.Y - key.FrontZ);
            seen++;
        }

        return seen == 0 ? null : (x / seen, before / seen);
    }

    private static float Confidence(RecordedEpisode episode, Note note, Func<Note, HandSide, Finger, float> away)
    {
        if (note is not { Hand: { } hand, Finger: { } finger }) return 0;
        var own = away(note, hand, finger);
        if (own == Unseen) return 0;
        var next = HandSides.Both.SelectMany(side => Fingers.All.Where(other => (side, other) != (hand, finger)).Select(other => away(note, side, other))).Min();
        return 1 / (1 + MathF.Exp((own - next) / Doubt)) / (1 + MathF.Exp((own - FarAside) / Doubt));
    }
}
