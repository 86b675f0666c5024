using System.Runtime.CompilerServices;

namespace Duomano.Networks.Configuration;

/// <summary>Refuses sizes that no network can have.</summary>
internal static class ConfigurationCheck
{
    public static int Between(int value, int least, int most, [CallerMemberName] string name = "") =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {least} to {most}.");

    public static int MultipleOf(int value, int divisor, int most, [CallerMemberName] string name = "") =>
        Between(value, divisor, most, name) % divisor == 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a multiple of {divisor}.");

    public static float Probability(float value, [CallerMemberName] string name = "") =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and below 1.");

    public static T Defined<T>(T value, [CallerMemberName] string name = "")
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be one of {string.Join(", ", Enum.GetNames<T>())}.");
}
