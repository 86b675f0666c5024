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
    private readonly torch.Tensor _axisWeights;
    private readonly torch.Tensor[] _joints;
    private readonly torch.Tensor[] _bones;

    /// <summary>Prepares the loss for a right hand of the usual size; others are alike but for the scale.</summary>
    /// <param name="normalization">How poses are scaled.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="heightWeight">How much squares of the height count, beside 1 of the others: a key sounds a few millimetres down.</param>
    public FingertipLoss(MotionNormalization normalization, torch.Device device, double heightWeight = 1)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        var skeleton = HandSkeleton.Create(HandSide.Right, build: normalization.HandBuild);
        torch.Tensor Bones(Func<Finger, int> point) => TorchTensors.From(
            [.. Core.Fingering.Fingers.All.Select(finger => skeleton.Bone(point(finger))).SelectMany(bone => (float[])[bone.X, bone.Y, bone.Z])], [1, Fingers, 3, 1], device);
        torch.Tensor Joints(int index) => torch.tensor([.. Core.Fingering.Fingers.All.Select(finger => (long)HandJoint.First(finger) + index)], device: device);

        _offset = TorchTensors.From([.. normalization.PoseOffset], [1, HandJoint.Count, 3, 1], device);
        _scale = TorchTensors.From([.. normalization.PoseScale], [1, HandJoint.Count, 3, 1], device);
        _wristScale = normalization.WristScale is { } drawn ? TorchTensors.From([.. drawn], [1, 1, 3, 1], device) : null;
        _axisWeights = TorchTensors.From([1, (float)heightWeight, 1], [3], device);
        _joints = [Joints(0), Joints(1), Joints(2)];
        _bones = [Bones(finger => HandJoint.First(finger)), Bones(finger => HandJoint.First(finger) + 1), Bones(finger => HandJoint.First(finger) + 2), Bones(HandJoint.Tip)];
    }

    /// <summary>The weighted mean of the fingertips' squared distances.</summary>
    /// <param name="pose">[batch, 48, frames], or with the wrist's 3 behind, normalised.</param>
    /// <param name="actual">What it should be, alike.</param>
    /// <param name="weights">[batch, fingers, 1, frames], how much each fingertip matters.</param>
    /// <returns>What is to be made small, and the distances themselves: scalars, cm².</returns>
    public (torch.Tensor Weighted, torch.Tensor Squares) Of(torch.Tensor pose, torch.Tensor actual, torch.Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var squares = (Fingertips(pose) - Fingertips(actual)).Times(Centimetres).square().mul(weights).sum([0, 1, 3]).div(weights.sum());
        return (squares.mul(_axisWeights).sum(), squares.sum());
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
        foreach (var tensor in (torch.Tensor[])[_offset, _scale, _axisWeights, .. _joints, .. _bones]) tensor.Dispose();
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
