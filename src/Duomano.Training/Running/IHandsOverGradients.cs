using TorchSharp;

namespace Duomano.Training.Running;

/// <summary>
/// A task whose parameters can hand their gradients over while the backward pass goes on, so that those of large networks
/// are never all in memory at once.
/// </summary>
public interface IHandsOverGradients
{
    /// <summary>To be called before each step that hands over, and with null to keep gradients as usual.</summary>
    /// <param name="take">Gets a parameter's name, as the task's parameters have it, and its whole gradient, valid during the call.</param>
    void HandOverGradients(Action<string, torch.Tensor>? take);
}
