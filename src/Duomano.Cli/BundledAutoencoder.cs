namespace Duomano.Cli;

/// <summary>The gesture autoencoder that stands beside the program.</summary>
internal static class BundledAutoencoder
{
    /// <summary>What the command line calls it.</summary>
    public const string Name = "bundled";

    /// <summary>The file.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "models", "gesture-autoencoder", "autoencoder.safetensors");
}
