using System.Runtime.CompilerServices;

namespace Duomano.Training.Running;

/// <summary>Refuses numbers that no recipe can have.</summary>
internal static class RecipeCheck
{
    public static double Probability(double value, [CallerMemberName] string name = "") =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 to 1.");

    public static double AtLeastZero(double value, [CallerMemberName] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least 0.");
}
