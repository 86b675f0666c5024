using Duomano.CommandLine;
using Duomano.Trainer;

return await CommandHost.RunAsync(AllCommands.Create(), args);
