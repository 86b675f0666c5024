using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Shapes;
using Duomano.Formats.Avatars;
using SkiaSharp;

namespace Duomano.Rendering.Scene;

/// <summary>A surface of whoever plays, ready to be drawn where it is now.</summary>
/// <param name="Surface">How it answers light.</param>
/// <param name="Positions">Corners, metres in the piano frame.</param>
/// <param name="Normals">Their normals, about of unit length.</param>
/// <param name="Colors">Their linear colours.</param>
/// <param name="Indices">Three corners a triangle.</param>
/// <param name="CastsShadow">Whether light stops at it.</param>
internal sealed record ActorPart(Surface Surface, Vector3[] Positions, Vector3[] Normals, Vector3[] Colors, int[] Indices, bool CastsShadow = true);

/// <summary>Whoever plays.</summary>
internal interface IActor
{
    /// <summary>What there is to see.</summary>
    IReadOnlyList<ActorPart> Parts { get; }

    /// <summary>Goes to a frame of the clip.</summary>
    void Pose(int frame);
}

/// <summary>Two hands with their sleeves.</summary>
internal sealed class HandsActor : IActor
{
    private readonly TwoHandClip _clip;
    private readonly PerHand<HandSkinner> _hands;
    private readonly PerHand<HandPose> _poses = new(new(), new());

    /// <summary>Prepares.</summary>
    /// <param name="clip">What they play.</param>
    public HandsActor(TwoHandClip clip)
    {
        _clip = clip;
        _hands = clip.Skeletons.Map(skeleton => new HandSkinner(skeleton));
        Parts =
        [
            .. from hand in (HandSkinner[])[_hands.Left, _hands.Right]
               from part in hand.Mesh.Parts.Select((part, i) => (Part: part, Positions: hand.Positions[i], Normals: hand.Normals[i]))
               select new ActorPart(
                   Surface.Of(part.Part.Material), part.Positions, part.Normals, [.. part.Part.Tints.Select(tint => part.Part.Material.Color * tint)], part.Part.Indices, part.Part.Material != SurfaceMaterial.Nail),
        ];
    }

    public IReadOnlyList<ActorPart> Parts { get; }

    public void Pose(int frame)
    {
        foreach (var side in HandSides.Both)
        {
            _clip.Hands[side].GetPose(frame, _poses[side]);
            _hands[side].Pose(_poses[side]);
        }
    }
}

/// <summary>An avatar; its pictures are seen as far as its corners lie close.</summary>
internal sealed class AvatarActor : IActor
{
    private static readonly Surface Cloth = new(new(0.12f, 0.10f, 0.09f), 0.03f, 12, 0.10f);

    private readonly AvatarSkin _skin;
    private readonly double _fps;

    /// <summary>An avatar, if there is one.</summary>
    public static AvatarActor? Of(AvatarSkin? skin, double fps) => skin is null ? null : new(skin, fps);

    /// <summary>Prepares.</summary>
    /// <param name="skin">The avatar.</param>
    /// <param name="fps">Frames a second of the clip.</param>
    public AvatarActor(AvatarSkin skin, double fps)
    {
        (_skin, _fps) = (skin, fps);
        var pictures = new Dictionary<ReadOnlyMemory<byte>, SKBitmap?>();
        try
        {
            Parts = [.. skin.Parts.Select(part => Painted(part, pictures))];
        }
        finally
        {
            foreach (var picture in pictures.Values) picture?.Dispose();
        }
    }

    /// <summary>How its body moves.</summary>
    public BodyMotion Body => _skin.Body;

    public IReadOnlyList<ActorPart> Parts { get; }

    public void Pose(int frame) => _skin.Pose(frame / _fps);

    private static ActorPart Painted(AvatarSkinPart part, Dictionary<ReadOnlyMemory<byte>, SKBitmap?> pictures)
    {
        SKBitmap? picture = null;
        if (!part.Image.IsEmpty && !pictures.TryGetValue(part.Image, out picture)) pictures[part.Image] = picture = SKBitmap.Decode(part.Image.Span);
        if (picture is null) return new(Cloth, part.Positions, part.Normals, part.Tints, part.Indices);
        var colors = new Vector3[part.Tints.Length];
        var isSeen = new bool[colors.Length];
        for (var i = 0; i < colors.Length; i++)
        {
            // Pictures repeat beyond their edges.
            var at = part.Places[i] - new Vector2(MathF.Floor(part.Places[i].X), MathF.Floor(part.Places[i].Y));
            var seen = picture.GetPixel(Math.Min((int)(at.X * picture.Width), picture.Width - 1), Math.Min((int)(at.Y * picture.Height), picture.Height - 1));
            colors[i] = part.Tints[i] * Palette.Linear(seen);
            isSeen[i] = seen.Alpha >= 255 * part.LeastAlpha;
        }

        // What is cut out of its picture is not drawn.
        int[] indices = [.. part.Indices.Chunk(3).Where(corners => corners.Any(corner => isSeen[corner])).SelectMany(corners => corners)];
        return new(Cloth, part.Positions, part.Normals, colors, indices);
    }
}
