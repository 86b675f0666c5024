using System.Runtime.CompilerServices;
using Duomano.Training.Torch;

namespace Duomano.Training.Tests.Torch;

internal static class TorchSetup
{
    /// <summary>Before any test: torch loaded, one thread.</summary>
    [ModuleInitializer]
    public static void Initialize() => TorchRuntime.Initialize(threads: 1);
}
