using System.CommandLine;
using Duomano.Cli.Commands;
using Duomano.CommandLine;

var root = new RootCommand("Piano music in, two playing hands out.")
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
return await CommandHost.RunAsync(root, args);
