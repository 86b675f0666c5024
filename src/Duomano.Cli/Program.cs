using Duomano.Cli.Commands;
using Duomano.CommandLine;

return await CommandHost.RunAsync(AllCommands.Create(), args);
