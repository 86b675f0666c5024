using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Trainer;

var root = new RootCommand("Trains the networks of Duomano.")
{
    ListeningCommand.Create(),
    PositionCommand.Create(),
    GestureCommand.Create(),
    AutoencoderCommand.Create(),
    ExportCommand.Create(),
    MeasureListeningCommand.Create(),
    MeasureWatchingCommand.Create(),
    PublishedSizeCommand.Create(),
    HandsCommand.Create(),
    FingersCommand.Create(),
    PostureCommand.Create(),
    StyleCommand.Create(),
    SoundsCommand.Create(),
};
return await CommandHost.RunAsync(root, args);
