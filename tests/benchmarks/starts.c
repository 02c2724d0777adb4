/* Runs from the starts on the standard input, trained as in loop.c: cc -O2 -ffp-contract=off starts.c -lm */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static double sigmoid(double x) {
    return 1.0 / (1.0 + exp(-x));
}

static void run(double w1, double w2) {
    double input = 0.1, target = 0.9, eta = 0.9, tolerance = 5e-5;
    long most = 10000000, k = 1;
    for (;; k++) {
        double out_h = sigmoid(input * w1);
        double out_o = sigmoid(out_h * w2);
        double r = target - out_o;
        if (0.5 * (r * r) < tolerance || k >= most)
            break;
        double de_dnet_o = -r * (out_o * (1.0 - out_o));
        double de_dw2 = de_dnet_o * out_h;
        double de_dw1 = de_dnet_o * w2 * (out_h * (1.0 - out_h)) * input;
        w1 -= eta * de_dw1;
        w2 -= eta * de_dw2;
    }
    printf("%ld,%.17g,%.17g\n", k, w1, w2);
}

int main(void) {
    double w1, w2;
    while (scanf("%lf,%lf", &w1, &w2) == 2)
        run(w1, w2);
    return 0;
}
