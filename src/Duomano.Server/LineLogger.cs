using Microsoft.Extensions.Logging;

namespace Duomano.Server;

/// <summary>Errors of the web framework, told as the server's other lines are; nothing before it has started, since what keeps it from starting is told by whoever starts it.</summary>
internal sealed class LineLogger(Action<string> say) : ILoggerProvider, ILogger
{
    private volatile bool _begun;

    public void Begin() => _begun = true;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => _begun && logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (IsEnabled(logLevel)) say(exception is null ? formatter(state, null) : $"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
