using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Rendering.Scene;
using SkiaSharp;

namespace Duomano.Rendering.Sheet;

/// <summary>Notes as bars over time, in their hands' colours and with their fingers' numbers.</summary>
internal sealed class PianoRoll
{
    private static readonly SKColor Ground = new(0xFF, 0xFF, 0xFF);
    private static readonly SKColor BlackRow = new(0xF1, 0xF0, 0xED);
    private static readonly SKColor OctaveLine = new(0xD9, 0xD6, 0xD0);
    private static readonly SKColor Ink = new(0x30, 0x30, 0x30);

    private readonly IReadOnlyList<Note> _notes;
    private readonly int _low;
    private readonly int _high;

    /// <summary>A roll over the keys that a piece needs.</summary>
    public PianoRoll(IReadOnlyList<Note> notes)
    {
        _notes = notes;
        _low = Math.Max(PianoKey.LowestMidi, notes.Min(note => note.Key.Midi) - 2);
        _high = Math.Min(PianoKey.HighestMidi, notes.Max(note => note.Key.Midi) + 2);
    }

    /// <summary>Draws a stretch of time.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="area">The rectangle to fill.</param>
    /// <param name="from">Time at its left edge, seconds.</param>
    /// <param name="to">Time at its right edge, seconds.</param>
    /// <param name="lettering">Writes the fingers' numbers; null to leave them out.</param>
    public void Draw(SKCanvas canvas, SKRect area, double from, double to, Lettering? lettering)
    {
        canvas.Save();
        canvas.ClipRect(area);
        using var paint = new SKPaint { Color = Ground };
        canvas.DrawRect(area, paint);
        var row = area.Height / (_high - _low + 1);
        float Top(int midi) => area.Bottom - (midi - _low + 1) * row;
        float At(double time) => area.Left + (float)((time - from) / (to - from)) * area.Width;
        for (var midi = _low; midi <= _high; midi++)
        {
            paint.Color = BlackRow;
            if (new PianoKey(midi).IsBlack) canvas.DrawRect(area.Left, Top(midi), area.Width, row, paint);
            paint.Color = OctaveLine;
            if (midi % 12 == 0) canvas.DrawRect(area.Left, Top(midi) + row - 0.5f, area.Width, 1, paint);
        }

        paint.IsAntialias = true;
        var thickness = MathF.Max(row, lettering is null ? 3 : 5);
        foreach (var note in _notes.Where(note => note.Offset > from && note.Onset < to))
        {
            var middle = Top(note.Key.Midi) + row / 2;
            var (left, right) = (At(note.Onset), MathF.Max(At(note.Offset) - 1, At(note.Onset) + 2));
            paint.Color = Palette.Of(note.Hand);
            canvas.DrawRoundRect(left, middle - thickness / 2, right - left, thickness, MathF.Min(3, thickness / 3), MathF.Min(3, thickness / 3), paint);
        }

        if (lettering is not null)
        {
            foreach (var note in _notes.Where(note => note.Offset > from && note.Onset < to && note.Finger is not null))
            {
                // Below low notes, above high ones, where there is most room.
                lettering.Write(canvas, $"{(int)note.Finger!.Value}", new(MathF.Max(area.Left + 6, At(note.Onset) + 5), Top(note.Key.Midi) + row / 2 - thickness / 2 - 2), 13, Ink, bold: true, SKTextAlign.Center);
            }
        }

        canvas.Restore();
    }
}
