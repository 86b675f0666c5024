using System.Runtime.InteropServices;

namespace Duomano.CommandLine;

/// <summary>
/// Ends the work in order on Ctrl+C, on a request to end and when the terminal closes. Further signals change nothing: what is
/// being taken back would be left half done.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() =>
        _registrations = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal => PosixSignalRegistration.Create(signal, Stop))];

    /// <summary>Is cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        try
        {
            // On a thread of its own, since whoever waits for the token may take a while.
            _ = _stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The work has ended just now.
        }
    }
}
