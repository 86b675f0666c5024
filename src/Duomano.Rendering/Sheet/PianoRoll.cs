using Duomano.Core.Fingering;
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

    private static readonly SKColor PedalDown = new(0xC8, 0x8A, 0x00, 0xC0);

    private const float NumberSize = 12;

    // Height of a pedal that is all the way down, pixels.
    private const float PedalHeight = 7;
    private const int NarrowestRange = 14;

    private readonly IReadOnlyList<Note> _notes;
    private readonly IReadOnlyList<PedalChange> _pedal;
    private readonly int _low;
    private readonly int _high;

    /// <summary>A roll over the keys that a piece needs.</summary>
    /// <param name="notes">The notes.</param>
    /// <param name="pedal">The sustain pedal by time; it is drawn along the lower edge.</param>
    public PianoRoll(IReadOnlyList<Note> notes, IReadOnlyList<PedalChange>? pedal = null)
    {
        _notes = notes;
        _pedal = pedal ?? [];
        var (low, high) = notes.Count == 0 ? (60, 60) : (notes.Min(note => note.Key.Midi), notes.Max(note => note.Key.Midi));
        var more = Math.Max(2, (NarrowestRange - (high - low) + 1) / 2);
        (_low, _high) = (Math.Max(PianoKey.LowestMidi, low - more), Math.Min(PianoKey.HighestMidi, high + more));
    }

    /// <summary>A roll over the keys that a stretch of time needs.</summary>
    public PianoRoll(IReadOnlyList<Note> notes, double from, double to, IReadOnlyList<PedalChange>? pedal = null)
        : this([.. notes.Where(note => note.Offset > from && note.Onset < to)], pedal)
    {
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

        DrawPedal();
        if (lettering is not null)
        {
            foreach (var (finger, place) in Numbers(area, from, to))
            {
                lettering.Write(canvas, $"{(int)finger}", new(place.X, place.Y + NumberSize * 0.36f), NumberSize, Ink, bold: true, SKTextAlign.Center, Ground);
            }
        }

        canvas.Restore();

        void DrawPedal()
        {
            paint.Color = PedalDown;
            for (var i = 0; i < _pedal.Count; i++)
            {
                var (start, end) = (Math.Max(from, _pedal[i].Time), Math.Min(to, i + 1 < _pedal.Count ? _pedal[i + 1].Time : to));
                var height = PedalHeight * _pedal[i].Value / 127;
                if (end > start && height > 0) canvas.DrawRect(At(start), area.Bottom - height, At(end) - At(start), height, paint);
            }
        }
    }

    /// <summary>The fingers' numbers of a stretch of time and their middles: before their notes, those of a chord apart from each other.</summary>
    internal IEnumerable<(Finger Finger, SKPoint Place)> Numbers(SKRect area, double from, double to)
    {
        const float Half = NumberSize / 2;
        var row = area.Height / (_high - _low + 1);
        var column = new List<(Finger Finger, SKPoint Place)>();
        foreach (var note in _notes.Where(note => note.Offset > from && note.Onset < to).OrderBy(note => note.Onset))
        {
            if (note.Finger is not { } finger) continue;
            var x = MathF.Max(area.Left + Half, area.Left + (float)((note.Onset - from) / (to - from)) * area.Width - Half + 1);
            if (column.Count > 0 && x - column[0].Place.X > NumberSize * 0.75f)
            {
                foreach (var number in Apart(column, area.Top + Half, area.Bottom - Half)) yield return number;
                column.Clear();
            }

            column.Add((finger, new(x, area.Bottom - (note.Key.Midi - _low + 0.5f) * row)));
        }

        foreach (var number in Apart(column, area.Top + Half, area.Bottom - Half)) yield return number;
    }

    // Numbers above each other move up and down until they do not touch, or as far as there is room.
    private static IEnumerable<(Finger Finger, SKPoint Place)> Apart(List<(Finger Finger, SKPoint Place)> column, float top, float bottom)
    {
        var order = column.OrderBy(number => number.Place.Y).ToArray();
        if (order.Length == 0) return order;
        var room = MathF.Min(NumberSize * 0.86f, (bottom - top) / Math.Max(1, order.Length - 1));
        var places = Array.ConvertAll(order, number => number.Place.Y);
        for (var round = 0; round < 40; round++)
        {
            for (var i = 1; i < places.Length; i++)
            {
                var missing = room - (places[i] - places[i - 1]);
                if (missing <= 0) continue;
                places[i - 1] -= missing / 2;
                places[i] += missing / 2;
            }
        }

        for (var i = 0; i < places.Length; i++) places[i] = MathF.Max(places[i], i == 0 ? top : places[i - 1] + room);
        for (var i = places.Length - 1; i >= 0; i--) places[i] = MathF.Min(places[i], i == places.Length - 1 ? bottom : places[i + 1] - room);
        return order.Select((number, i) => (number.Finger, new SKPoint(number.Place.X, places[i])));
    }
}
