using System.Diagnostics;

namespace Duomano.Tests;

/// <summary>Runs one of the programs as a user does, in a process of its own.</summary>
internal static class ProgramProcess
{
    /// <summary>No run of a test takes longer, even where others use the machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs it to its end.</summary>
    /// <param name="program">Its library beside the tests, such as duomano.dll.</param>
    /// <param name="arguments">What to do.</param>
    public static (int Code, string Output, string Errors) Run(string program, params IEnumerable<string> arguments) => RunIn("", program, arguments);

    /// <summary>Runs it to its end in a folder.</summary>
    /// <param name="folder">The folder; this process's own if empty.</param>
    /// <param name="program">Its library beside the tests.</param>
    /// <param name="arguments">What to do.</param>
    public static (int Code, string Output, string Errors) RunIn(string folder, string program, params IEnumerable<string> arguments)
    {
        var start = StartInfo(program, arguments);
        start.WorkingDirectory = folder;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} is still running after {Patience.TotalMinutes} minutes");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    /// <summary>Starts it and lets it run; what it says is passed over.</summary>
    public static Process Start(string program, params IEnumerable<string> arguments)
    {
        var process = Process.Start(StartInfo(program, arguments))!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments) =>
        new("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, program), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
}
