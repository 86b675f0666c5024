namespace Duomano.Networks.Tensors;

/// <summary>An engine together with a place in the tree of parameter names; layers take their parameters from it.</summary>
/// <typeparam name="T">What the engine calls a tensor.</typeparam>
/// <param name="Ops">The engine.</param>
/// <param name="Prefix">What all names here begin with: empty, or ending in a full stop.</param>
public readonly record struct ModuleScope<T>(ITensorOps<T> Ops, string Prefix = "")
{
    /// <summary>A module inside this one, such as "downs.0.3".</summary>
    public ModuleScope<T> this[string name] => new(Ops, $"{Prefix}{name}.");

    /// <summary>A numbered module inside this one.</summary>
    public ModuleScope<T> this[int index] => new(Ops, $"{Prefix}{index}.");

    /// <summary>A parameter of this module.</summary>
    /// <param name="name">Its name here, such as "weight".</param>
    /// <param name="initialization">How training starts it.</param>
    /// <param name="shape">Its sizes.</param>
    public T Parameter(string name, Initialization initialization, params IReadOnlyList<int> shape) => Ops.Parameter(Prefix + name, shape, initialization);
}
