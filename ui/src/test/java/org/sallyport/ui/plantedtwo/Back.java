package org.sallyport.ui.plantedtwo;

import org.sallyport.ui.plantedone.PlantedViewModel;

/** The other half of a cycle. */
public final class Back {
    public void to(PlantedViewModel model) {
        model.show(this);
    }
}
