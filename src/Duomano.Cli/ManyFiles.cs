using Duomano.CommandLine;
using Duomano.Core.Files;

namespace Duomano.Cli;

/// <summary>Measures many files, several at once; those that cannot be read are named and left out.</summary>
internal static class ManyFiles
{
    /// <summary>Works on all files.</summary>
    /// <returns>What was made of those that can be read, in their order.</returns>
    /// <exception cref="UnreadableFileException">None can be read.</exception>
    public static IReadOnlyList<TResult> Work<TItem, TResult>(IReadOnlyList<TItem> items, int threads, Func<TItem, TResult> work, Action<TResult> report, CancellationToken cancellation)
    {
        var results = new List<TResult>();
        UnreadableFileException? problem = null;
        InOrder.Run(items, threads, Try, made =>
        {
            if (made.Problem is null)
            {
                results.Add(made.Result!);
                report(made.Result!);
                return;
            }

            problem = made.Problem;
            if (items.Count > 1) CommandHost.Say($"left out: {problem.Message.ReplaceLineEndings(" ")}");
        }, cancellation);
        if (results.Count == 0 && problem is not null) throw problem;
        return results;

        (TResult? Result, UnreadableFileException? Problem) Try(TItem item)
        {
            try
            {
                return (work(item), null);
            }
            catch (UnreadableFileException error)
            {
                return (default, error);
            }
        }
    }
}
