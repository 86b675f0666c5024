using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Shapes;

namespace Duomano.Rendering.Scene;

/// <summary>Draws a clip at any of its frames.</summary>
internal sealed class ClipStage
{
    private readonly TwoHandClip _clip;
    private readonly SceneRenderer _scene;
    private readonly List<(PianoKey Key, List<(float Time, float Depth)> Corners, Note[] Notes)> _keys;
    private readonly Vector3?[] _marks = new Vector3?[PianoKey.Count];
    private readonly IActor _actor;
    private readonly NoteLane? _lane;

    /// <summary>Sets the stage.</summary>
    /// <param name="clip">What is played.</param>
    /// <param name="camera">Who looks.</param>
    /// <param name="threads">Threads to draw with.</param>
    /// <param name="avatar">Who plays; null for hands alone.</param>
    /// <param name="lane">Notes that come towards the keys, or none.</param>
    public ClipStage(TwoHandClip clip, Camera camera, int threads, AvatarActor? avatar = null, NoteLane? lane = null)
    {
        _lane = lane;
        _clip = clip;
        _actor = avatar is null ? new HandsActor(clip) : avatar;
        _scene = new(camera, _actor, threads, scene => AddGround(scene, lane, avatar));
        var notes = clip.Notes.ToLookup(note => note.Key);
        _keys = [.. KeyMotion.From(clip.Notes, clip.Duration).Select(pair => (pair.Key, pair.Value, notes[pair.Key].OrderBy(note => note.Onset).ToArray()))];
    }

    public Camera Camera => _scene.Camera;

    /// <summary>Whether pressed keys show whose they are.</summary>
    public bool HasMarks { get; init; } = true;

    // The lane's plane, and what whoever is seen whole sits and stands on.
    private void AddGround(SceneRenderer scene, NoteLane? lane, AvatarActor? avatar)
    {
        lane?.AddGround(scene);
        if (avatar?.Body.Humanoid.Has("hips") != true) return;
        Room.AddTo(scene, avatar.Body, _clip.Pedal.Count > 0);
    }

    /// <summary>Announces that somebody will draw into the next picture, between two corners (pixels).</summary>
    public void Ink(Vector2 low, Vector2 high) => _scene.Ink(low, high);

    /// <summary>Draws one frame; nobody else may have changed the array of the last frame elsewhere than announced.</summary>
    /// <param name="frame">Which.</param>
    /// <param name="picture">Pixels to fill, 0xFFRRGGBB.</param>
    public void Draw(int frame, uint[] picture)
    {
        var time = frame / _clip.Fps;
        foreach (var (key, corners, notes) in _keys)
        {
            _scene.Press(key, Depth(corners, (float)time));
            var playing = notes.LastOrDefault(note => note.Onset <= time + 0.05, notes[0]);
            _marks[key.Index] = HasMarks && playing.Hand is { } hand ? Mark(key, hand) : null;
        }

        _actor.Pose(frame);
        _scene.Draw(key => _marks[key], _lane is null ? null : scene => _lane.AddTo(scene, time), picture);
    }

    // A pressed key takes on some of its hand's colour.
    private static Vector3 Mark(PianoKey key, HandSide hand) =>
        Vector3.Lerp(KeyShape.Material(key).Color, Palette.Linear(hand), key.IsBlack ? 0.35f : 0.62f);

    private static float Depth(List<(float Time, float Depth)> corners, float time)
    {
        if (time <= corners[0].Time) return corners[0].Depth;
        var low = 0;
        var high = corners.Count;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (corners[middle].Time <= time) low = middle;
            else high = middle;
        }

        if (high == corners.Count) return corners[^1].Depth;
        return float.Lerp(corners[low].Depth, corners[high].Depth, (time - corners[low].Time) / (corners[high].Time - corners[low].Time));
    }
}
