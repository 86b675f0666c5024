namespace Duomano.Core.Fingering;

/// <summary>The ways a hand can put its fingers on the notes of a slice.</summary>
internal static class ChordShapes
{
    /// <summary>
    /// All ways in which fingers lie in order, within reach and as given, or, where there are none, those that leave the
    /// fewest notes out. A shape holds a finger (1 to 5) a note, 0 for a note left out.
    /// </summary>
    public static List<byte[]> Of(Slice slice, double handSize, IReadOnlyList<Finger> lacking)
    {
        byte[] fingers = [.. Fingers.All.Except(lacking).Select(finger => (byte)finger)];
        var shapes = new List<byte[]>();
        var shape = new byte[slice.Notes.Length];
        for (var left = 0; left <= shape.Length && shapes.Count == 0; left++) Fill(slice.Notes, 0, left, handSize, fingers, shape, shapes);
        return shapes;
    }

    private static void Fill(HandNote[] notes, int index, int leaveOut, double handSize, byte[] fingers, byte[] shape, List<byte[]> shapes)
    {
        if (notes.Length - index < leaveOut) return;
        if (index == notes.Length)
        {
            shapes.Add([.. shape]);
            return;
        }

        var note = notes[index];
        foreach (var finger in fingers)
        {
            if (note.Given != 0 && note.Given != finger) continue;
            if (!Fits(notes, shape, index, finger, handSize)) continue;
            shape[index] = finger;
            Fill(notes, index + 1, leaveOut, handSize, fingers, shape, shapes);
        }

        if (leaveOut > 0 && note.Given == 0)
        {
            shape[index] = 0;
            Fill(notes, index + 1, leaveOut - 1, handSize, fingers, shape, shapes);
        }
    }

    // What was given is obeyed even where it is out of order or out of reach.
    private static bool Fits(HandNote[] notes, byte[] shape, int index, byte finger, double handSize)
    {
        for (var i = 0; i < index; i++)
        {
            if (shape[i] == 0 || (notes[i].Given != 0 && notes[index].Given != 0)) continue;
            if (shape[i] >= finger) return false;
            ref readonly var limits = ref FingerReach.Between(shape[i], finger);
            var distance = notes[index].Place - notes[i].Place;
            if (distance > limits.Most * handSize || distance < limits.Least * handSize) return false;
        }

        return true;
    }
}
