using Duomano.Core.Fingering;
using Duomano.Core.Music;
using Duomano.Core.Playing;

namespace Duomano.Core.Performing;

/// <summary>One finger holding one key, in the frame of a right hand.</summary>
/// <param name="Press">When the key goes down, seconds.</param>
/// <param name="Release">When it comes up, seconds.</param>
/// <param name="X">The key's middle, metres.</param>
/// <param name="IsBlack">Whether it is a black key.</param>
/// <param name="Finger">The finger.</param>
internal readonly record struct FingerPress(double Press, double Release, float X, bool IsBlack, Finger Finger)
{
    /// <summary>A note as its hand and finger play it.</summary>
    /// <param name="note">A note with hand and finger.</param>
    public static FingerPress Of(Note note) => new(note.Onset, note.Offset, KeyPlace.Of(note.Key, note.Hand!.Value).X, note.Key.IsBlack, note.Finger!.Value);
}
