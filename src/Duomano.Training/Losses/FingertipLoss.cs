using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Inference.Motion;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Losses;

/// <summary>
/// How far fingertips are from where they should be, seen from the wrist or, where the networks draw that, too, from where it
/// is predicted: small errors of several joints add up in them, and they are what meets the keys.
/// </summary>
public sealed class FingertipLoss : IDisposable
{
    private const int Fingers = 5;
    private const double Centimetres = 100;

    // Keeps the angle of a rotation by nothing differentiable.
    private const double LeastSquare = 1e-10;

    private readonly torch.Tensor _offset;
    private readonly torch.Tensor _scale;
    private readonly torch.Tensor? _wristScale;
    private readonly torch.Tensor _resting;
    private readonly torch.Tensor _playing;
    private readonly torch.Tensor[] _joints;
    private readonly torch.Tensor[] _bones;

    /// <summary>Prepares the loss for a right hand of the usual size; others are alike but for the scale.</summary>
    /// <param name="normalization">How poses are scaled.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="playing">How much the axes count for a finger that plays; all alike, if not given.</param>
    /// <param name="resting">How much they count for one that does not; as for one that plays, if not given.</param>
    public FingertipLoss(MotionNormalization normalization, torch.Device device, FingertipWeights? playing = null, FingertipWeights? resting = null)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        playing ??= new();
        resting ??= playing;
        var skeleton = HandSkeleton.Create(HandSide.Right, build: normalization.HandBuild);
        torch.Tensor Bones(Func<Finger, int> point) => TorchTensors.From(
            [.. Core.Fingering.Fingers.All.Select(finger => skeleton.Bone(point(finger))).SelectMany(bone => (float[])[bone.X, bone.Y, bone.Z])], [1, Fingers, 3, 1], device);
        torch.Tensor Joints(int index) => torch.tensor([.. Core.Fingering.Fingers.All.Select(finger => (long)HandJoint.First(finger) + index)], device: device);

        _offset = TorchTensors.From([.. normalization.PoseOffset], [1, HandJoint.Count, 3, 1], device);
        _scale = TorchTensors.From([.. normalization.PoseScale], [1, HandJoint.Count, 3, 1], device);
        _wristScale = normalization.WristScale is { } drawn ? TorchTensors.From([.. drawn], [1, 1, 3, 1], device) : null;
        _resting = TorchTensors.From(resting.ToArray(), [1, 1, 3, 1], device);
        _playing = TorchTensors.From([.. playing.ToArray().Zip(resting.ToArray(), (plays, rests) => plays - rests)], [1, 1, 3, 1], device);
        _joints = [Joints(0), Joints(1), Joints(2)];
        _bones = [Bones(finger => HandJoint.First(finger)), Bones(finger => HandJoint.First(finger) + 1), Bones(finger => HandJoint.First(finger) + 2), Bones(HandJoint.Tip)];
    }

    /// <summary>The means of the fingertips' squared distances.</summary>
    /// <param name="pose">[batch, 48, frames], or with the wrist's 3 behind, normalised.</param>
    /// <param name="actual">What it should be, alike.</param>
    /// <param name="playing">[batch, fingers, 1, frames], 1 where a finger plays and 0 where not.</param>
    public FingertipErrors Of(torch.Tensor pose, torch.Tensor actual, torch.Tensor playing)
    {
        ArgumentNullException.ThrowIfNull(playing);
        var squares = (Fingertips(pose) - Fingertips(actual)).Times(Centimetres).square();
        var weighted = squares.mul(playing.mul(_playing).Plus(_resting)).mean([0, 1, 3]).sum();
        var height = squares.narrow(2, 1, 1).mul(playing).sum().div(playing.sum().Plus(LeastSquare));
        return new(weighted, squares.mean([0, 1, 3]).sum(), height);
    }

    /// <summary>Where the fingertips are.</summary>
    /// <param name="pose">[batch, 48, frames], or with the wrist's 3 behind, normalised.</param>
    /// <returns>[batch, fingers, 3, frames], metres from the wrist, or from where that is predicted.</returns>
    public torch.Tensor Fingertips(torch.Tensor pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        var rotations = pose.narrow(1, 0, HandJoint.PoseLength).reshape(pose.size(0), HandJoint.Count, 3, pose.size(2)).mul(_scale).Plus(_offset);
        var point = _bones[^1];
        for (var joint = _joints.Length - 1; joint >= 0; joint--) point = Turn(rotations.index_select(1, _joints[joint]), point).Plus(_bones[joint]);
        var tips = Turn(rotations.narrow(1, HandJoint.Wrist, 1), point);
        return _wristScale is null ? tips : tips.Plus(pose.narrow(1, HandJoint.PoseLength, 3).unsqueeze(1).mul(_wristScale));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (torch.Tensor[])[_offset, _scale, _resting, _playing, .. _joints, .. _bones]) tensor.Dispose();
        _wristScale?.Dispose();
    }

    // Rodrigues' formula: v cos θ + (r × v) sin θ / θ + r (r · v) (1 − cos θ) / θ².
    private static torch.Tensor Turn(torch.Tensor rotation, torch.Tensor point)
    {
        var square = rotation.square().sum(2, keepdim: true).Plus(LeastSquare);
        var angle = square.sqrt();
        var (sine, cosine) = (angle.sin(), angle.cos());
        var across = Cross(rotation, point);
        var along = rotation.mul(rotation.mul(point).sum(2, keepdim: true));
        return point.mul(cosine).Plus(across.mul(sine.div(angle))).Plus(along.mul((torch.ones_like(cosine) - cosine).div(square)));
    }

    private static torch.Tensor Cross(torch.Tensor a, torch.Tensor b) => a.roll(-1, 2).mul(b.roll(-2, 2)) - a.roll(-2, 2).mul(b.roll(-1, 2));
}

/// <summary>How much a fingertip's squared distance counts along each axis; a key sounds a few millimetres down and is two centimetres wide, and how far in it is played is up to the pianist.</summary>
public sealed record FingertipWeights
{
    /// <summary>Along the keyboard.</summary>
    public double Across { get; init; } = 1;

    /// <summary>In height.</summary>
    public double Height { get; init; } = 1;

    /// <summary>Along the keys.</summary>
    public double Along { get; init; } = 1;

    /// <summary>The weights of x, y and z.</summary>
    public float[] ToArray() => [(float)Across, (float)Height, (float)Along];
}

/// <summary>Means of squared distances between fingertips and where they should be: scalars, cm².</summary>
/// <param name="Weighted">What is to be made small.</param>
/// <param name="Squares">All axes alike, all fingers.</param>
/// <param name="PlayingHeight">Of heights alone, of fingers that play.</param>
public readonly record struct FingertipErrors(torch.Tensor Weighted, torch.Tensor Squares, torch.Tensor PlayingHeight);
