using System.CommandLine;
using Duomano.CommandLine;
using Duomano.Trainer;

var root = new RootCommand("Trains the networks of Duomano.")
{
    ListeningCommand.Create(),
    MeasureListeningCommand.Create(),
};
return await CommandHost.RunAsync(root, args);
