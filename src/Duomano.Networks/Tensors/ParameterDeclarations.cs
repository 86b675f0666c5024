namespace Duomano.Networks.Tensors;

/// <summary>What a network's parameters are, found by running it on shapes alone.</summary>
public static class ParameterDeclarations
{
    /// <summary>Lists the parameters that a network function asks for, in the order it does, each once.</summary>
    /// <param name="network">Runs the network on inputs made with <see cref="ShapeOps.Input"/>.</param>
    public static IReadOnlyList<ParameterDeclaration> Of(Action<ShapeOps> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var ops = new ShapeOps();
        network(ops);
        return ops.Declared;
    }

    /// <summary>Says what keeps a state dictionary from fitting a network.</summary>
    /// <param name="declared">The network's parameters.</param>
    /// <param name="state">What a checkpoint holds.</param>
    /// <returns>All missing, unexpected and wrongly sized tensors in one line; null if everything fits.</returns>
    public static string? Mismatch(this IReadOnlyList<ParameterDeclaration> declared, StateDict state)
    {
        ArgumentNullException.ThrowIfNull(declared);
        ArgumentNullException.ThrowIfNull(state);
        var known = declared.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var problems = new List<string>();
        Name("missing", declared.Where(parameter => !state.TryGet(parameter.Name, out _)).Select(parameter => parameter.ToString()));
        Name("unexpected", state.Names.Where(name => !known.Contains(name)).Select(name => $"{name} {state[name]}"));
        Name("of another shape", declared
            .Where(parameter => state.TryGet(parameter.Name, out var found) && !found.Shape.SequenceEqual(parameter.Shape))
            .Select(parameter => $"{parameter.Name} {state[parameter.Name]} instead of [{string.Join(", ", parameter.Shape)}]"));
        return problems.Count == 0 ? null : string.Join("; ", problems);

        void Name(string what, IEnumerable<string> entries)
        {
            string[] all = [.. entries];
            if (all.Length > 0) problems.Add($"{all.Length} {what}: {string.Join(", ", all)}");
        }
    }
}
