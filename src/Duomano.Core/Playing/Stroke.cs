using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Playing;

/// <summary>One finger holding down one key. Positions are those of a right hand (a left hand's are mirrored).</summary>
internal sealed class Stroke
{
    // A delayed note lasts at least this long, seconds.
    private const double ShortestNote = 0.05;

    public Stroke(int index, Note note, HandSide hand, Finger finger, double press, double release)
    {
        Index = index;
        Note = note;
        Finger = finger;
        Press = press;
        Release = release;
        Place = KeyPlace.Of(note.Key, hand);
    }

    /// <summary>Which of the given notes it plays.</summary>
    public int Index { get; }

    public Note Note { get; private set; }

    public Finger Finger { get; private set; }

    public KeyPlace Place { get; }

    /// <summary>When the key passes the depth at which it counts as pressed, seconds.</summary>
    public double Press { get; set; }

    /// <summary>When it passes it again on its way up, seconds.</summary>
    public double Release { get; set; }

    /// <summary>Where the pad meets the key's resting top.</summary>
    public Vector3 Contact { get; private set; }

    /// <summary>Whether <see cref="Contact"/> is settled.</summary>
    public bool HasContact { get; private set; }

    /// <summary>Gives the key to another finger.</summary>
    public void Refinger(Finger finger) => (Finger, Note) = (finger, Note with { Finger = finger });

    /// <summary>Strikes at another time than is written; the note that is played says so.</summary>
    public void Delay(double press)
    {
        Press = press;
        Note = new(press, Math.Max(Note.Offset, press + ShortestNote), Note.Key, Note.Velocity) { Hand = Note.Hand, Finger = Note.Finger };
    }

    /// <summary>Settles where the pad meets the key; it is settled once.</summary>
    public void Settle(Vector3 contact)
    {
        if (HasContact) return;
        Contact = contact;
        HasContact = true;
    }
}
