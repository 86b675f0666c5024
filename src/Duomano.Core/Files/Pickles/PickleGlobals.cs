namespace Duomano.Core.Files.Pickles;

/// <summary>
/// The names that pickles of one kind may use, and what they mean here. Nothing is ever executed: a call of a name gives what
/// the table says, and any other name is refused.
/// </summary>
public abstract class PickleGlobals
{
    /// <summary>What a name stands for.</summary>
    /// <param name="module">Python's module.</param>
    /// <param name="name">The name in it.</param>
    /// <exception cref="PickleRefusedException">The table does not have it.</exception>
    public abstract object Find(string module, string name);

    /// <summary>What a call of something that <see cref="Find"/> gave results in.</summary>
    /// <param name="callee">It, or whatever else the pickle wants to call.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="PickleRefusedException">It cannot be called, or not so.</exception>
    public abstract object? Call(object? callee, object?[] arguments);

    /// <summary>Gives an object its state.</summary>
    /// <param name="target">What a call gave before.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="PickleRefusedException">It takes no such state.</exception>
    public abstract void Build(object? target, object? state);

    /// <summary>What lies outside of the pickle under a persistent id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="PickleRefusedException">There is nothing; the usual case.</exception>
    public virtual object Persistent(object? id) => throw new PickleRefusedException("a reference to something outside of the pickle");
}

/// <summary>A pickle asks for something that is not read; the machine adds the place.</summary>
/// <param name="problem">What it asks for.</param>
public sealed class PickleRefusedException(string problem) : Exception(problem);

/// <summary>A name that a pickle used, before anything is done with it.</summary>
/// <param name="Name">Module and name, joined by a point.</param>
public sealed record PickleName(string Name);
