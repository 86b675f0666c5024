using System.Diagnostics;

namespace Duomano.Tests;

/// <summary>Runs one of the programs as a user does, in a process of its own.</summary>
internal static class ProgramProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="program">Its library beside the tests, such as duomano.dll.</param>
    /// <param name="arguments">What to do.</param>
    public static (int Code, string Output, string Errors) Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(StartInfo(program, arguments))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
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
