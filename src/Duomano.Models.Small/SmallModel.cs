namespace Duomano.Models;

/// <summary>The bundled model, whose files are copied into the program's folder when it is built.</summary>
public static class SmallModel
{
    /// <summary>Its folder, which <c>MotionGenerator.Load</c> and <c>Listener.Load</c> take.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "models", "duomano-small");
}
