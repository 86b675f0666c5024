using System.Numerics;

namespace Duomano.Rendering.Scene;

/// <summary>A perspective camera: what it sees and how large a picture it makes of it.</summary>
/// <param name="Eye">Where it stands in the piano frame, metres.</param>
/// <param name="Target">What it looks at.</param>
/// <param name="Up">What is upwards in its picture.</param>
/// <param name="FieldOfView">Angle from top to bottom, radians.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
public sealed record Camera(Vector3 Eye, Vector3 Target, Vector3 Up, float FieldOfView, int Width, int Height)
{
    /// <summary>Nothing nearer than this is seen, metres.</summary>
    internal const float Near = 0.05f;

    private const float Far = 6;

    /// <summary>From the piano frame to clip space.</summary>
    public Matrix4x4 ViewProjection =>
        Matrix4x4.CreateLookAt(Eye, Target, Up) * Matrix4x4.CreatePerspectiveFieldOfView(FieldOfView, (float)Width / Height, Near, Far);

    /// <summary>Where a point of the piano frame is in the picture, pixels from its top left corner.</summary>
    public Vector2 Project(Vector3 point)
    {
        var clip = Vector4.Transform(new Vector4(point, 1), ViewProjection);
        return new((clip.X / clip.W + 1) / 2 * Width, (1 - clip.Y / clip.W) / 2 * Height);
    }
}
