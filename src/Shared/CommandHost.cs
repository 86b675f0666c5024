using System.CommandLine;
using System.Globalization;
using Duomano.Core.Files;
using Duomano.Core.Jobs;
using Spectre.Console;

namespace Duomano.CommandLine;

/// <summary>
/// Runs a program's commands: exit code 0 done, 1 could not be done, 2 wrong arguments or unreadable input; one clear
/// line on stderr, a stack trace only with --verbose.
/// </summary>
internal static class CommandHost
{
    public const int Done = 0;
    public const int CouldNotBeDone = 1;
    public const int WrongInput = 2;

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show where an error came from.", Recursive = true };

    private static volatile bool _hasBar;
    private static volatile Func<string, string>? _through;

    /// <summary>For messages and bars; stdout is for results.</summary>
    public static IAnsiConsole Messages { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        root.Options.Add(Verbose);
        ParseResult parsed;
        try
        {
            parsed = root.Parse(args);
        }
        catch (InvalidOperationException error)
        {
            return Fail(error.Message, WrongInput);
        }

        if (parsed.Errors.Count > 0) return Fail(Complaint(root, parsed), WrongInput);
        using var stop = new StopSignals();
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
        }
        catch (Exception error) when (stop.Token.IsCancellationRequested && error is not (StackOverflowException or OutOfMemoryException))
        {
            // Programs that were started here get the signal too, and what they leave undone looks like a failure.
            return Fail(error is StoppedException ? error.Message : "Stopped; nothing was written.", CouldNotBeDone);
        }
        catch (AggregateException errors) when (!IsVerbose(parsed))
        {
            // Work on several threads: one reason is enough.
            return Fail(Reason(errors), CodeOf(errors.Flatten().InnerExceptions[0]));
        }
        catch (Exception error) when (error is not (StackOverflowException or OutOfMemoryException) && !IsVerbose(parsed))
        {
            return Fail(Describe(error), CodeOf(error));
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync(error.ToString());
            return CodeOf(error);
        }
    }

    /// <summary>A line about what was done, for people; stderr, so that results on stdout stay clean. Above a bar, where there is one.</summary>
    public static void Say(string line)
    {
        if (_through is { } through) line = through(line);
        if (_hasBar) Messages.WriteLine(FileWords.Message(line));
        else Console.Error.WriteLine(FileWords.Message(line));
    }

    /// <summary>Lets somebody hear what is said, and put it in other words, until what is returned is disposed of.</summary>
    /// <param name="through">Gets a line and gives the one that is shown.</param>
    public static IDisposable SayThrough(Func<string, string> through)
    {
        _through = through;
        return new Silence();
    }

    /// <summary>What an error is told as: one line for people.</summary>
    public static string Reason(Exception error) => Describe(error is AggregateException errors ? errors.Flatten().InnerExceptions[0] : error);

    /// <summary>Reports work of one kind as a bar on a terminal, and not at all into a file or pipe.</summary>
    public static T WithProgress<T>(string what, Func<IProgress<double>, T> work) => WithProgress(told =>
    {
        var job = new JobStages(told, new JobStage(what, 1));
        var made = work(job.Begin(what));
        job.Finish();
        return made;
    });

    /// <summary>Reports a whole job as one bar on a terminal, and not at all into a file or pipe.</summary>
    /// <param name="work">The job; gets null where nobody looks.</param>
    public static T WithProgress<T>(Func<IProgress<JobProgress>?, T> work)
    {
        if (!Messages.Profile.Capabilities.Interactive || Console.IsErrorRedirected) return work(null);
        return Messages.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                _hasBar = true;
                try
                {
                    return work(new BarProgress(context.AddTask("starting", maxValue: 1)));
                }
                finally
                {
                    _hasBar = false;
                }
            });
    }

    /// <summary>Waits for work that only reads and computes; whoever stops the program does not wait for it, and it ends with the program.</summary>
    public static T LeftWhenStopped<T>(Func<T> work, CancellationToken cancellation) => Task.Run(work, CancellationToken.None).WaitAsync(cancellation).GetAwaiter().GetResult();

    // A misspelt name is the reason for whatever else is missing.
    private static string Complaint(RootCommand root, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var help = $"Try '{(command == root ? root.Name : $"{root.Name} {command.Name}")} --help'.";
        if (command == root && parsed.UnmatchedTokens is [var name, ..] && !name.StartsWith('-'))
        {
            return $"'{name}' is no command{Meant(name, root.Subcommands.Select(known => known.Name))} {help}";
        }

        if (parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith("--", StringComparison.Ordinal)) is { } option)
        {
            return $"'{option}' is no option of {command.Name}{Meant(option, command.Options.Concat(root.Options).Select(known => known.Name))} {help}";
        }

        return $"{parsed.Errors[^1].Message} {help}";
    }

    private static string Meant(string typed, IEnumerable<string> names) => NearestWord.Of(typed, names) is { } nearest ? $"; did you mean '{nearest}'?" : ".";

    private static bool IsVerbose(ParseResult parsed) => parsed.GetValue(Verbose);

    private static int Fail(string message, int code)
    {
        try
        {
            Console.Error.WriteLine(FileWords.Message(message));
        }
        catch (IOException)
        {
            // The terminal is gone.
        }

        return code;
    }

    private static int CodeOf(Exception error) => error is UnreadableFileException or ArgumentException or FileNotFoundException or DirectoryNotFoundException
        ? WrongInput
        : CouldNotBeDone;

    private static string Describe(Exception error) => error switch
    {
        StoppedException => error.Message,
        OperationCanceledException => "Stopped; nothing was written.",
        // The parameter's name is for programmers; the value is told once.
        ArgumentOutOfRangeException { ActualValue: { } value } argument => WithValue(WithoutParameter(argument, argument.Message.Split(Environment.NewLine)[0]), value),
        ArgumentException argument => WithoutParameter(argument, argument.Message),
        _ => error.Message,
    };

    private static string WithValue(string message, object value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return message.Contains(text, StringComparison.Ordinal) ? message : $"{message.TrimEnd('.')}, not {text}.";
    }

    private static string WithoutParameter(ArgumentException error, string message) =>
        error.ParamName is { } name ? message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : message;

    private sealed class Silence : IDisposable
    {
        public void Dispose() => _through = null;
    }

    private sealed class BarProgress(ProgressTask task) : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
            task.Description = Markup.Escape(value.Stage);
            task.Value = value.Share;
        }
    }
}
