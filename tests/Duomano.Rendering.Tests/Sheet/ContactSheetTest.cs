using Duomano.Core.Motion;
using Duomano.Rendering.Scene;
using Duomano.Rendering.Sheet;
using SkiaSharp;

namespace Duomano.Rendering.Tests.Sheet;

public class ContactSheetTest
{
    [Fact]
    public void It_is_a_picture_with_hands_keys_and_notes()
    {
        using var bitmap = Draw(Clips.Smooth(frames: 60));
        Assert.InRange(bitmap.Width, 1600, 2000);
        Assert.InRange(bitmap.Height, 800, 2000);
        var colors = bitmap.Pixels;
        Assert.InRange(colors.Count(color => color.Red > color.Green + 25 && color.Green > color.Blue + 10 && color.Red > 150), 10_000, 400_000);
        Assert.InRange(colors.Count(color => color is { Red: > 210, Green: > 200, Blue: > 190 }), 100_000, colors.Length);
        foreach (var side in Core.Hands.HandSides.Both) Assert.Contains(Palette.Of(side), colors);
    }

    [Fact]
    public void Clips_without_notes_or_frames_have_one_too()
    {
        using var silent = Draw(new(Clips.Smooth(frames: 20).Hands, TwoHandClip.SkeletonsOfSize(0.8f)));
        using var empty = Draw(new(new(new(0), new(0)), TwoHandClip.SkeletonsOfSize(1)));
        Assert.True(silent.Height > empty.Height);
    }

    [Fact]
    public void The_letters_are_there_without_installed_fonts()
    {
        // Two texts of equal length differ, so letters are no empty boxes.
        using var lettering = new Lettering();
        byte[] Written(string text)
        {
            using var bitmap = new SKBitmap(80, 30);
            using var canvas = new SKCanvas(bitmap);
            lettering.Write(canvas, text, new(2, 22), 20, SKColors.Black);
            return bitmap.Bytes;
        }

        Assert.NotEqual(Written("12"), Written("34"));
        Assert.NotEqual(Written("é"), Written("ü"));
    }

    private static SKBitmap Draw(TwoHandClip clip)
    {
        using var stream = new MemoryStream();
        ContactSheet.Write(stream, clip, "A piece", 2);
        return SKBitmap.Decode(stream.ToArray());
    }
}
