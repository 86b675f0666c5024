using Duomano.Networks.Tensors;

namespace Duomano.Networks.Autoencoder;

/// <summary>
/// Where batch normalisation (Ioffe and Szegedy 2015) takes mean and variance of each channel from; training takes those of
/// the batch and lets the layer's own follow them.
/// </summary>
/// <typeparam name="T">What the engine calls a tensor.</typeparam>
/// <param name="x">[batch, channels, …], what is normalised.</param>
/// <param name="runningMean">[channels], the layer's own.</param>
/// <param name="runningVariance">[channels], the layer's own.</param>
/// <returns>The mean and the variance to normalise with, each [channels].</returns>
public delegate (T Mean, T Variance) BatchStatistics<T>(T x, T runningMean, T runningVariance);

/// <summary>Batch normalisation with running statistics, under the names that PyTorch gives its parts.</summary>
internal static class BatchNormalization
{
    private const float Epsilon = 1e-5f;

    /// <summary>(x − mean) / √(variance + 1e-5) · weight + bias, a channel each.</summary>
    /// <param name="module">Where "weight", "bias", "running_mean" and "running_var" are.</param>
    /// <param name="x">[batch, channels] or [batch, channels, frames].</param>
    /// <param name="statistics">Where mean and variance come from; the running ones if null.</param>
    public static T BatchNorm<T>(this ModuleScope<T> module, T x, BatchStatistics<T>? statistics)
    {
        var ops = module.Ops;
        var shape = ops.Shape(x);
        var channels = shape[1];
        T Own(string name, Initialization start) => module.Parameter(name, start, channels);
        T Across(T values) => ops.Reshape(values, [.. Enumerable.Range(0, shape.Count).Select(axis => axis == 1 ? channels : 1)]);
        var (weight, bias) = (Own("weight", Initialization.Ones), Own("bias", Initialization.Zeros));
        var (mean, variance) = (Own("running_mean", Initialization.Zeros), Own("running_var", Initialization.Ones));
        if (statistics is not null) (mean, variance) = statistics(x, mean, variance);
        var factor = ops.Divide(weight, ops.Sqrt(ops.Affine(variance, 1, Epsilon)));
        return ops.Add(ops.Multiply(ops.Subtract(x, Across(mean)), Across(factor)), Across(bias));
    }

    /// <summary>x where it is positive, a fifth of it elsewhere.</summary>
    public static T LeakyRelu<T>(this ITensorOps<T> ops, T x) => ops.Add(ops.Affine(x, 0.2f), ops.Affine(ops.Relu(x), 0.8f));
}
