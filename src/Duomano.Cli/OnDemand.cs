namespace Duomano.Cli;

/// <summary>What takes long to load, such as a network: loaded when it is first needed, and kept for what comes after. Not for several threads at once.</summary>
/// <param name="load">Loads it.</param>
internal sealed class OnDemand<T>(Func<T> load) : IDisposable
    where T : class, IDisposable
{
    private T? _value;

    /// <summary>What was loaded.</summary>
    public T Value => _value ??= load();

    /// <summary>Lets go of it; it is loaded again if it is needed again.</summary>
    public void Dispose()
    {
        _value?.Dispose();
        _value = null;
    }
}
