using Duomano.Core.Body;
using Duomano.Core.Contact;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Formats;
using Duomano.Formats.Avatars;

namespace Duomano.Cli;

/// <summary>The avatar that --avatar names, as large as it is beside the piano.</summary>
internal sealed class AvatarChoice
{
    // Hands between these, times the pianist's, play as they are; others are played on a piano that fits them.
    private const float Smallest = 0.88f, Largest = 1.18f;

    private readonly AvatarFile _file;
    private readonly AvatarFit _fit;
    private readonly Humanoid _humanoid;
    private readonly PerHand<HumanoidHand> _hands;
    private readonly float _scale;
    private readonly HandSide? _only;

    /// <summary>Measures an avatar.</summary>
    /// <param name="file">The avatar.</param>
    /// <param name="fit">What is scaled where it and a piano do not fit.</param>
    /// <exception cref="UnreadableFileException">It is no humanoid with hands that can play.</exception>
    public AvatarChoice(AvatarFile file, AvatarFit fit)
    {
        (_file, _fit) = (file, fit);
        var rig = file.Rig;
        try
        {
            var given = rig.ToHumanoid();
            HasBody = rig.Has("hips");
            if (!HasBody) given = LooseHands.Of(given);
            HandSide[] sides = [.. HandSides.Both.Where(side => HasBody || rig.HasHand(side) || !HandSides.Both.Any(rig.HasHand))];
            var reach = sides.Average(side => new HumanoidHand(given, side).Skeleton.Reach);
            _scale = reach is >= Smallest and <= Largest ? 1 : 1 / reach;
            _humanoid = given.Times(_scale);
            _hands = PerHand.Create(side => sides.Contains(side) ? new HumanoidHand(_humanoid, side) : HumanoidHand.Of(new HumanoidHand(_humanoid, side.Other()).Skeleton.Mirrored()));
            if (sides is [var only]) _only = only;
            if (HasBody && !SeatedPianist.CanSeat(_humanoid)) throw new ArgumentException($"lacks bones of a body that sits and plays: {string.Join(", ", rig.Missing().Where(bone => HumanoidBones.Body.Contains(bone)))}");
        }
        catch (ArgumentException misfit)
        {
            throw new UnreadableFileException(file.Name, "", misfit.Message.Split('\n')[0].Split(" (Parameter")[0], misfit);
        }
    }

    /// <summary>What it is called in messages.</summary>
    public string Name => _file.Name;

    /// <summary>Whether there is a body that sits, not hands alone.</summary>
    public bool HasBody { get; }

    /// <summary>Its hands.</summary>
    public PerHand<HandSkeleton> Skeletons => _hands.Map(hand => hand.Skeleton);

    /// <summary>What plans of fingers take its hands for.</summary>
    public float HandSize => Math.Clamp(Skeletons.Right.Reach, HandSkeleton.SmallestSize, HandSkeleton.LargestSize);

    /// <summary>What is told of it in a line: whether the piano is another size than the avatar's world.</summary>
    public string Describe()
    {
        var known = $"{_file.Name}: {(HasBody ? "" : _only is { } only ? $"a {only.Name()} hand alone, " : "no body, ")}hands {Skeletons.Right.Length / _scale * 1000:0} mm long, bones by {_file.Rig.BonesBy}";
        if (_scale == 1) return known;
        return _fit == AvatarFit.Piano ? $"{known}; the piano is {1 / _scale:0.00} times a real one's size to fit them" : $"{known}; the avatar is {_scale:0.00} times as large as in its file to fit a piano";
    }

    /// <summary>Somebody else's motion for its hands: gestures are kept, and its own fingers are put on the keys.</summary>
    /// <param name="clip">The motion, with its notes.</param>
    /// <param name="threads">Threads to work with.</param>
    /// <param name="cancellation">Stops the work soon.</param>
    public TwoHandClip Onto(TwoHandClip clip, int threads, CancellationToken cancellation) =>
        ContactRefiner.Refine(clip.Onto(Skeletons), clip.Notes, new() { Threads = threads }, cancellation: cancellation).Clip.WithPedal(clip.Pedal);

    /// <summary>Plays.</summary>
    /// <param name="clip">What its hands play.</param>
    /// <param name="style">How much of the body plays along.</param>
    public WholeBody Play(TwoHandClip clip, BodyStyle style) => new(HasBody ? SeatedPianist.Play(_humanoid, _hands, clip, style) : LooseHands.Play(_humanoid, _hands, clip), _scale);

    /// <summary>Writes it at the piano.</summary>
    /// <param name="path">The .glb to make.</param>
    /// <param name="body">How it moves, by <see cref="Play"/>.</param>
    /// <param name="clip">What its hands play.</param>
    /// <param name="imprint">What the file tells of the piece.</param>
    /// <param name="progress">Told the share that is written.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Write(string path, WholeBody body, TwoHandClip clip, Imprint imprint, IProgress<double>? progress, CancellationToken cancellation) =>
        AvatarGlb.Write(path, _file, body.Motion, body.Scale, clip, _fit == AvatarFit.Avatar, imprint, progress, cancellation);

    /// <summary>Its surface, for pictures.</summary>
    public AvatarSkin Skin(WholeBody body) => new(_file, body.Motion, body.Scale);

    /// <summary>The same to a stream that can be sought in.</summary>
    public void Write(Stream stream, WholeBody body, TwoHandClip clip, IProgress<double>? progress, CancellationToken cancellation) =>
        AvatarGlb.Write(stream, _file, body.Motion, body.Scale, clip, _fit == AvatarFit.Avatar, null, progress, cancellation);
}
