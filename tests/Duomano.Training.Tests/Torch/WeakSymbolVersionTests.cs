using System.Runtime.InteropServices;
using Duomano.Training.Torch;

namespace Duomano.Training.Tests.Torch;

public class WeakSymbolVersionTests
{
    private static string Bridge => Directory.EnumerateFiles(AppContext.BaseDirectory, "libLibTorchSharp.so", SearchOption.AllDirectories).First();

    [Fact]
    public void OnlyTheFlagsOfOneVersion_Change()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) Assert.Skip("The library of Linux on x64 is looked at.");
        var original = File.ReadAllBytes(Bridge);
        var marked = (byte[])original.Clone();
        Assert.True(WeakSymbolVersion.Mark(marked, "GLIBCXX_3.4.32"));
        var changed = Assert.Single(Enumerable.Range(0, original.Length), i => original[i] != marked[i]);
        Assert.Equal(original[changed] | 2, marked[changed]);

        var untouched = (byte[])original.Clone();
        Assert.False(WeakSymbolVersion.Mark(untouched, "GLIBCXX_9.9.9"));
        Assert.Equal(original, untouched);
    }

    [Fact]
    public void OtherFiles_AreLeftAlone()
    {
        Assert.False(WeakSymbolVersion.Mark([], "GLIBCXX_3.4.32"));
        Assert.False(WeakSymbolVersion.Mark(new byte[100], "GLIBCXX_3.4.32"));
    }
}
