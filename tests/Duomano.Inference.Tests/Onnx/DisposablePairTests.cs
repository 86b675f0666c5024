using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Inference.Models;
using Duomano.Inference.Onnx;

namespace Duomano.Inference.Tests.Onnx;

/// <summary>What was opened is closed when loading fails half way.</summary>
public class DisposablePairTests
{
    [Fact]
    public void Where_the_second_cannot_be_made_the_first_is_closed()
    {
        var open = 0;
        Assert.Throws<InvalidDataException>(() => DisposablePair.Create(side => side == HandSide.Left ? new Opened(() => open--, open++) : throw new InvalidDataException("right")));
        Assert.Equal(0, open);
        var both = DisposablePair.Create(_ => new Opened(() => open--, open++));
        Assert.Equal(2, open);
        both.Left.Dispose();
        both.Right.Dispose();
        Assert.Equal(0, open);
    }

    [Theory]
    [InlineData(ModelWeights.Position)]
    [InlineData(ModelWeights.Gesture)]
    public void A_model_whose_weights_are_damaged_leaves_no_file_open(string part)
    {
        using var folder = new TemporaryFolder();
        RandomModel.Write(folder.PathOf(""));
        var file = folder.Files.Last(name => name.EndsWith(part, StringComparison.Ordinal));
        var bytes = File.ReadAllBytes(folder.PathOf(file));
        File.WriteAllBytes(folder.PathOf(file), bytes[..^10]);
        Assert.Throws<UnreadableFileException>(() => MotionGenerator.Load(folder.PathOf(""), threads: 100_000));
        if (OperatingSystem.IsLinux()) Assert.DoesNotContain(Directory.GetFiles("/proc/self/fd").Select(Target), target => target?.StartsWith(folder.PathOf(""), StringComparison.Ordinal) ?? false);

        // Nobody holds the files: they can be replaced, and then the model is whole.
        File.WriteAllBytes(folder.PathOf(file), bytes);
        MotionGenerator.Load(folder.PathOf(""), threads: 100_000).Dispose();

        static string? Target(string link)
        {
            try
            {
                return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName;
            }
            catch (IOException)
            {
                return null; // closed meanwhile
            }
        }
    }

    private sealed class Opened(Action close, int number) : IDisposable
    {
        public int Number { get; } = number;

        public void Dispose() => close();
    }
}
