using System.Diagnostics;
using Duomano.Tests;

namespace Duomano.Cli.Tests;

/// <summary>The program of everyday use, in a process of its own.</summary>
internal static class DuomanoProcess
{
    private const string Program = "duomano.dll";

    public static (int Code, string Output, string Errors) Run(params string[] arguments) => ProgramProcess.Run(Program, arguments);

    /// <summary>Runs it in a folder.</summary>
    public static (int Code, string Output, string Errors) RunIn(string folder, params string[] arguments) => ProgramProcess.RunIn(folder, Program, arguments);

    /// <summary>Starts it and lets it run; what it says is passed over.</summary>
    public static Process Start(params string[] arguments) => ProgramProcess.Start(Program, arguments);
}
