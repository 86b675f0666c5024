using System.Numerics;
using Duomano.Rendering.Scene;

namespace Duomano.Trainer.Filming;

/// <summary>How a performance is filmed: a camera and a light.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Camera">Who films.</param>
/// <param name="Light">How bright red, green and blue are, times the usual.</param>
/// <param name="Noise">The camera's noise, levels of 255.</param>
internal sealed record FilmView(string Name, Camera Camera, Vector3 Light, int Noise)
{
    private const int Width = 1280, Height = 720;

    /// <summary>From above, over the player's shoulders, from the other side, turned, near and dark, of part of the keyboard.</summary>
    public static IReadOnlyList<FilmView> All { get; } =
    [
        new("above", Look(new(0, 1.3f, 0.05f), new(0, 0, 0.05f), -Vector3.UnitZ, 0.62f), Vector3.One, 3),
        new("oblique", Look(new(0.15f, 1.0f, 0.5f), default, Vector3.UnitY, 0.75f), Vector3.One, 3),
        new("from the front", Look(new(-0.1f, 1.05f, -0.55f), default, Vector3.UnitY, 0.75f), new(1, 0.92f, 0.8f), 4),
        new("turned", Look(new(0.05f, 1.4f, 0.1f), new(0.02f, 0, 0.05f), Vector3.Normalize(new(0.12f, 0, -1)), 0.6f), new(0.9f, 1, 1.1f), 3),
        new("dark", Look(new(0, 1.2f, 0.2f), new(0, 0, 0.03f), -Vector3.UnitZ, 0.66f), new(0.28f, 0.24f, 0.30f), 6),
        new("part", Look(new(0.05f, 0.85f, 0.15f), new(0.05f, 0, 0.05f), -Vector3.UnitZ, 0.62f), Vector3.One, 3),
    ];

    /// <summary>Makes a picture as this light and camera have it.</summary>
    public Action<uint[]> Develop(int seed)
    {
        var random = new Random(seed);
        var factors = Vector3.Abs(Light) * 256;
        return picture =>
        {
            for (var i = 0; i < picture.Length; i++)
            {
                var off = Noise == 0 ? 0 : random.Next(-Noise, Noise + 1);
                uint Level(int shift, float factor) => (uint)Math.Clamp((int)((picture[i] >> shift & 255) * factor) / 256 + off, 0, 255) << shift;
                picture[i] = 0xFF000000u | Level(16, factors.X) | Level(8, factors.Y) | Level(0, factors.Z);
            }
        };
    }

    private static Camera Look(Vector3 eye, Vector3 target, Vector3 up, float angle) => new(eye, target, up, angle, Width, Height);
}
