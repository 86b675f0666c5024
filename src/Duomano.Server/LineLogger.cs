using Microsoft.Extensions.Logging;

namespace Duomano.Server;

/// <summary>Errors of the web framework, told as the server's other lines are.</summary>
internal sealed class LineLogger(Action<string> say) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (IsEnabled(logLevel)) say(exception is null ? formatter(state, null) : $"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
