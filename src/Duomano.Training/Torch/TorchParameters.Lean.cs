using TorchSharp;

namespace Duomano.Training.Torch;

public sealed partial class TorchParameters
{
    private readonly Dictionary<string, torch.Tensor> _handedOver = new(StringComparer.Ordinal);
    private Action<string, torch.Tensor>? _take;

    /// <summary>
    /// From now on each parameter's gradient is handed over while the backward pass goes on, and not kept: large networks
    /// never have all gradients in memory at once. To be called before each step, as a backward pass uses it up.
    /// </summary>
    /// <param name="take">Gets a parameter's name and its whole gradient, valid during the call; null to keep gradients as usual.</param>
    public void HandOverGradients(Action<string, torch.Tensor>? take)
    {
        _handedOver.Clear();
        _take = take;
    }

    /// <summary>Takes all parameters out of training and keeps them as float16, widened whenever a network asks for them.</summary>
    public void FreezeHalved()
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        for (var i = 0; i < _all.Count; i++)
        {
            var (name, full) = _all[i];
            var half = full.to(torch.ScalarType.Float16).DetachFromDisposeScope();
            _byName[name] = half;
            _all[i] = new(name, half);
            full.Dispose();
        }
    }

    private torch.Tensor AsAsked(string name, torch.Tensor parameter)
    {
        if (parameter.dtype == torch.ScalarType.Float16) return parameter.to(torch.ScalarType.Float32);
        if (_take is null || !parameter.requires_grad || !torch.is_grad_enabled()) return parameter;
        if (_handedOver.TryGetValue(name, out var known)) return known;
        return _handedOver[name] = HandedOver.apply(parameter, _take, name);
    }

    /// <summary>The parameter itself, whose gradient ends here.</summary>
    private sealed class HandedOver : torch.autograd.SingleTensorFunction<HandedOver>
    {
        private const string Take = "take";
        private const string Parameter = "name";

        public override string Name => nameof(HandedOver);

        public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data(Take, vars[1]);
            ctx.save_data(Parameter, vars[2]);
            return ((torch.Tensor)vars[0]).detach();
        }

        public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
        {
            ((Action<string, torch.Tensor>)ctx.get_data(Take))((string)ctx.get_data(Parameter), grad_output);
            // Otherwise the step's dispose scope would keep it.
            grad_output.Dispose();
            return [null!, null!, null!];
        }
    }
}
