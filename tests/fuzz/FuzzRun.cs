using System.Diagnostics;
using Duomano.Core.Files;

namespace Duomano.Fuzz;

/// <summary>What went wrong with an input.</summary>
/// <param name="Kind">"crash", "hang", "memory" or "message".</param>
/// <param name="Seed">The number that the input is made from.</param>
/// <param name="Details">One line.</param>
public sealed record Finding(string Kind, long Seed, string Details);

/// <summary>What a run came to.</summary>
public sealed record FuzzResult(int Inputs, int Read, int Refused, int Findings, TimeSpan Elapsed);

/// <summary>Gives damaged inputs to a reader and watches it.</summary>
public static class FuzzRun
{
    private const long MostMemory = 500_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    // What takes this long will not end.
    private static readonly TimeSpan Endless = TimeSpan.FromSeconds(60);

    private const int Chances = 3;

    // A finding a hundred times is one mistake.
    private const int MostReports = 20;

    /// <summary>Runs a number of inputs.</summary>
    /// <param name="reader">Who reads them.</param>
    /// <param name="seed">The first input's number; the others follow.</param>
    /// <param name="count">How many.</param>
    /// <param name="report">Told what is found, the first findings only.</param>
    public static FuzzResult Run(FuzzReader reader, long seed, int count, Action<Finding> report)
    {
        var (read, refused, findings) = (0, 0, 0);
        var clock = Stopwatch.StartNew();
        var began = clock.Elapsed;
        var current = seed;
        using var watch = new Timer(_ => EndIfEndless(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        for (var i = 0; i < count; i++)
        {
            Volatile.Write(ref current, seed + i);
            var input = reader.Input(seed + i);
            began = clock.Elapsed;
            var memory = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (reader.Read(input)) read++;
                else refused++;
            }
            catch (UnreadableFileException error)
            {
                refused++;
                if (error.Message.Any(char.IsControl)) Found("message", "the message has a control character: " + error.Message.ReplaceLineEndings("⏎"));
                if (error.Message.Length > 1000) Found("message", $"the message has {error.Message.Length} characters: {error.Message[..120]}");
            }
            catch (Exception error)
            {
                Found("crash", $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")} {Place(error)}");
            }

            memory = GC.GetAllocatedBytesForCurrentThread() - memory;
            if (memory > MostMemory) Found("memory", $"allocates {memory / 1_000_000} MB");

            // The rest of a loaded machine is not the reader's fault: what was slow gets further chances.
            if (clock.Elapsed - began > Longest && Again(reader, input) is var seconds && seconds > Longest.TotalSeconds) Found("hang", $"takes {seconds:F1} s");

            void Found(string kind, string details)
            {
                if (findings++ < MostReports) report(new(kind, seed + i, details));
            }
        }

        return new(count, read, refused, findings, clock.Elapsed);

        void EndIfEndless()
        {
            if (clock.Elapsed - began < Endless) return;
            report(new("hang", Volatile.Read(ref current), $"does not end within {Endless.TotalSeconds:F0} s"));
            Environment.Exit(1);
        }
    }

    private static double Again(FuzzReader reader, byte[] input)
    {
        var shortest = double.MaxValue;
        for (var i = 0; i < Chances && shortest > Longest.TotalSeconds; i++)
        {
            var clock = Stopwatch.StartNew();
            try
            {
                reader.Read(input);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // It was counted the first time.
            }

            shortest = Math.Min(shortest, clock.Elapsed.TotalSeconds);
        }

        return shortest;
    }

    private static string? Place(Exception error) => error.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains(" Duomano.", StringComparison.Ordinal))?.Trim();
}
