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
        return Run(start);
    }

    /// <summary>Runs any program to its end.</summary>
    /// <param name="start">What to run; what it says is taken.</param>
    public static (int Code, string Output, string Errors) Run(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        End(process);
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    /// <summary>Waits for the end of a program, which is killed if it takes too long.</summary>
    public static void End(Process process)
    {
        if (process.WaitForExit(Patience)) return;
        process.Kill(entireProcessTree: true);
        Assert.Fail($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} is still running after {Patience.TotalMinutes} minutes");
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
