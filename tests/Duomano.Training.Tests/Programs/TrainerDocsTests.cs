using Duomano.Trainer;

namespace Duomano.Training.Tests.Programs;

/// <summary>What README.md and docs say of duomano-train: the commands are ones that the program takes. They are not run, since each trains for minutes at least.</summary>
public class TrainerDocsTests
{
    public static TheoryData<string> Commands => [.. DocumentedCommand.All.Where(command => command.Program == "duomano-train").Select(command => command.ToString())];

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryCommand_IsOneThatTheProgramTakes(string written)
    {
        var command = DocumentedCommand.All.First(command => command.ToString() == written);
        Assert.Empty(AllCommands.Create().Parse(command.Arguments).Errors.Select(error => error.Message));
    }

    [Fact]
    public void EveryCommandOfTheProgram_IsInADocument()
    {
        var told = DocumentedCommand.All.Where(command => command.Program == "duomano-train").Select(command => command.Words[1]);
        Assert.Empty(AllCommands.Create().Subcommands.Select(command => command.Name).Except(told));
    }

    [Fact]
    public void WrongCommands_AreFound() => Assert.NotEmpty(AllCommands.Create().Parse(["position", "--data", "x", "--oot", "y"]).Errors);
}
