using System.CommandLine;

namespace Duomano.Trainer;

/// <summary>The program's command line.</summary>
internal static class AllCommands
{
    public static RootCommand Create() => new("Trains the networks of Duomano.")
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
        AblationCommand.Create(),
        SoundsCommand.Create(),
    };
}
