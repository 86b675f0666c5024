namespace Duomano.Networks.Listening;

/// <summary>What the listening network remembers from one frame to the next.</summary>
/// <typeparam name="T">The engine's tensor.</typeparam>
/// <param name="Scene">[batch, <see cref="ListeningConfig.SceneMemory"/>].</param>
/// <param name="Keys">[batch · 88, <see cref="ListeningConfig.KeyMemory"/>].</param>
public sealed record ListeningMemory<T>(T Scene, T Keys);
