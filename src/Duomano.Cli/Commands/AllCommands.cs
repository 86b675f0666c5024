using System.CommandLine;

namespace Duomano.Cli.Commands;

/// <summary>The program's command line.</summary>
internal static class AllCommands
{
    public static RootCommand Create() => new("Piano music in, two playing hands out.")
    {
        GenerateCommand.Create(),
        PerformCommand.Create(),
        ConvertCommand.Create(),
        TranscribeCommand.Create(),
        FingeringCommand.Create(),
        WatchCommand.Create(),
        MeasureCommand.Create(),
        EvaluateCommand.Create(),
        CorpusCommand.Create(),
        ImportCommand.Create(),
        InfoCommand.Create(),
        ServeCommand.Create(),
    };
}
